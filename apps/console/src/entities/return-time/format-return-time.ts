import { CLOCK, type Formats, yearFor, daysUntil } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';

type Formatter = (options: Intl.DateTimeFormatOptions, timestamp: number) => string;

/** Cached, since creating a format is slow. */
const formatsByLanguage = new WeakMap<Translate, Map<string, Intl.DateTimeFormat>>();

function formatterOf(t: Translate): Formatter {
  const formats = formatsByLanguage.get(t) ?? new Map<string, Intl.DateTimeFormat>();
  formatsByLanguage.set(t, formats);
  return (options, timestamp) => {
    const key = JSON.stringify(options);
    const dateFormat = formats.get(key) ?? new Intl.DateTimeFormat(t.locale, options);
    formats.set(key, dateFormat);
    return dateFormat.format(timestamp);
  };
}

/** Formats a return time so that it parses to the same minute: `03:00`, `tomorrow 09:00`, `24 Dec, 14:30`. */
export function formatReturnTime(t: Translate, timestamp: number, now: number): string {
  const format = formatterOf(t);
  // In 24-hour locales `3:00` is parsed as 15:00, `03:00` is not.
  const time = format({ hour: 'numeric', minute: '2-digit' }, timestamp).replace(/^\d:\d\d$/u, '0$&');
  const days = daysUntil(timestamp, now);
  if (days === 0) return time;
  if (days === 1) return t('time.tomorrow-at', { time });
  if (days > 1 && days < 7)
    return t('time.weekday-at', { day: format({ weekday: 'short' }, timestamp), time });
  const day = format({ day: 'numeric', month: 'short', ...yearFor(timestamp, now) }, timestamp);
  return t('time.day-and-time', { day, time });
}

/** Formats a return time unambiguously: `today 14:00`, else weekday, date, year if not obvious, and time. */
export function formatReturnTimeLong(t: Translate, timestamp: number, now: number): string {
  if (daysUntil(timestamp, now) === 0) {
    const time = new Intl.DateTimeFormat(t.locale, CLOCK).format(timestamp);
    return t('time.today-at', { time });
  }
  return new Intl.DateTimeFormat(t.locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...yearFor(timestamp, now),
    ...CLOCK,
  }).format(timestamp);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `2 h 10 min`: exact to the minute within a day, else approximate. */
function timeUntil(t: Translate, { approximateDuration }: Formats, ms: number): string {
  const rounded = Math.round(ms / MINUTE) * MINUTE;
  const minutes = (rounded % HOUR) / MINUTE;
  if (rounded < HOUR || rounded >= DAY || minutes === 0) return approximateDuration(rounded);
  return `${approximateDuration(rounded)} ${t('time.minutes', { count: minutes })}`;
}

/** Formats a parsed return time: `today 14:00, in 2 h 10 min`. */
export function returnTimePreview(t: Translate, formats: Formats, timestamp: number, now: number): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(t.locale, { ...options, ...CLOCK }).format(timestamp);
  const when =
    daysUntil(timestamp, now) === 0
      ? t('time.today-at', { time: format({}) })
      : format({ weekday: 'short', day: 'numeric', month: 'short', ...yearFor(timestamp, now) });
  return timestamp <= now
    ? t('return-time.overdue', { when, overdue: formats.overdue(now - timestamp) })
    : t('return-time.ahead', { when, duration: timeUntil(t, formats, timestamp - now) });
}
