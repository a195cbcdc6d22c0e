import type { BackPlan, Template } from '@lampboard/protocol';
import { CLOCK, type Formats } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';

const MINUTE = 60_000;

/** `back 14:00`, `back in 45 min`. */
export function planWords(t: Translate, formats: Formats, plan: BackPlan): string {
  const duration = formats.roughTime(plan.minutes * MINUTE);
  return plan.kind === 'in'
    ? t('template.back-in', { duration })
    : t('edits.back', { time: timeOfDay(t, plan.minutes) });
}

/** Minutes past midnight as the language writes them. */
function timeOfDay(t: Translate, minutes: number): string {
  const format = new Intl.DateTimeFormat(t.locale, { ...CLOCK, timeZone: 'UTC' });
  return format.format(minutes * MINUTE);
}

/** What a template sets, in one line. */
export function templateWords(
  t: Translate,
  formats: Formats,
  template: Omit<Template, 'id' | 'name'>,
): string {
  const { state, subtype, message, back } = template;
  const words = [t(`presence.${state}`), subtype, message.replaceAll(/\s+/gu, ' ')];
  if (back !== null) words.push(planWords(t, formats, back));
  return words.filter((word) => word.trim() !== '').join(' · ');
}
