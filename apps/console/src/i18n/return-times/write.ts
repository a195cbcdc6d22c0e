import { daysUntil, yearFor } from '../formats.ts';
import type { Translate } from '../translate.ts';

type Write = (options: Intl.DateTimeFormatOptions, at: number) => string;

/** Formats by language and options: making one takes longer than to use it. */
const made = new WeakMap<Translate, Map<string, Intl.DateTimeFormat>>();

function writerOf(t: Translate): Write {
  const formats = made.get(t) ?? new Map<string, Intl.DateTimeFormat>();
  made.set(t, formats);
  return (options, at) => {
    const key = JSON.stringify(options);
    const format = formats.get(key) ?? new Intl.DateTimeFormat(t.locale, options);
    formats.set(key, format);
    return format.format(at);
  };
}

/**
 * A return time as it can be typed, and is read as that very minute: `03:00`, `tomorrow 09:00`, `Mon 9:00 AM`, `24 Dec,
 * 14:30`; both since 1970.
 */
export function returnTimeText(t: Translate, at: number, now: number): string {
  const write = writerOf(t);
  // Without a half of the day an hour is of the night only with its zero: 3:00 is read as 15:00.
  const time = write({ hour: 'numeric', minute: '2-digit' }, at).replace(/^\d:\d\d$/u, '0$&');
  const days = daysUntil(at, now);
  if (days === 0) return time;
  if (days === 1) return t('time.tomorrow-at', { time });
  if (days > 1 && days < 7) return t('time.weekday-at', { day: write({ weekday: 'short' }, at), time });
  const day = write({ day: 'numeric', month: 'short', ...yearFor(at, now) }, at);
  return t('time.day-and-time', { day, time });
}
