import type { RelativeReturnTime, PresenceTemplate } from '@lampboard/protocol';
import { CLOCK, type Formats } from '../../../i18n/formats.ts';
import type { Translate } from '../../../i18n/translate.ts';

const MINUTE = 60_000;

/** Returns `back 14:00` or `back in 45 min`. */
export function returnTimePresetLabel(t: Translate, formats: Formats, preset: RelativeReturnTime): string {
  const duration = formats.approximateDuration(preset.minutes * MINUTE);
  return preset.kind === 'in'
    ? t('template.back-in', { duration })
    : t('return-time.back', { time: timeOfDay(t, preset.minutes) });
}

function timeOfDay(t: Translate, minutes: number): string {
  const format = new Intl.DateTimeFormat(t.locale, { ...CLOCK, timeZone: 'UTC' });
  return format.format(minutes * MINUTE);
}

export function templateLabel(
  t: Translate,
  formats: Formats,
  template: Omit<PresenceTemplate, 'id' | 'name'>,
): string {
  const { state, subtype, message, returnTime } = template;
  const parts = [t(`presence.${state}`), subtype, message.replaceAll(/\s+/gu, ' ')];
  if (returnTime !== null) parts.push(returnTimePresetLabel(t, formats, returnTime));
  return parts.filter((part) => part.trim() !== '').join(' · ');
}
