import { CLOCK, yearFor } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';

/** A return time that leaves no doubt: `today 14:00`, else weekday, date and time, with the year where it is not plain; both since 1970. */
export function backInFull(t: Translate, at: number, now: number): string {
  if (new Date(at).toDateString() === new Date(now).toDateString()) {
    const time = new Intl.DateTimeFormat(t.locale, CLOCK).format(at);
    return t('palette.today-at', { time });
  }
  return new Intl.DateTimeFormat(t.locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...yearFor(at, now),
    ...CLOCK,
  }).format(at);
}
