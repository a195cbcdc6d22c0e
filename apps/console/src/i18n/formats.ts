import { useT } from './i18n-context.tsx';
import { lazy } from './lazy.ts';
import type { Translate } from './translate.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Every time of the day is written alike, as the language has it: `9:05`, `9:05 AM`. */
export const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** Times and durations as the language writes them; all arguments are milliseconds. */
export interface Formats {
  /** As a telephone's display counts a call: `0:06`, `12:03`, `1:02:03`. */
  readonly callDuration: (ms: number) => string;
  /** As people say it: `<1 min`, `35 min`, `4 h`, `3 d`; it rarely changes. */
  readonly approximateDuration: (ms: number) => string;
  /** `14:02` for a moment of today, with the date before it otherwise, and its year if not this one; both since 1970. */
  readonly dateTime: (timestamp: number, now: number) => string;
  /** When somebody will be back: `14:00`, `tomorrow 9:00`, `Mon 9:00` within a week, `11 Oct` or `11 Oct 2027` later; both since 1970. */
  readonly returnTime: (timestamp: number, now: number) => string;
  /** By how much somebody is later than they said: `12 min late`. */
  readonly overdue: (ms: number) => string;
}

/** How many midnights lie between the two. */
export function daysUntil(timestamp: number, now: number): number {
  return Math.round((new Date(timestamp).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / DAY);
}

/** So far ahead, in days, a date without its year reads as one just past. */
const YEAR_SHOWN_FROM_DAYS = 300;

/** The part of a date that says its year, where it is not plain; both since 1970. */
export function yearFor(timestamp: number, now: number): Intl.DateTimeFormatOptions {
  const isYearImplied =
    new Date(timestamp).getFullYear() === new Date(now).getFullYear() &&
    daysUntil(timestamp, now) <= YEAR_SHOWN_FROM_DAYS;
  return isYearImplied ? {} : { year: 'numeric' };
}

export function createFormats(t: Translate): Formats {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const getFormat = lazy(() => new Intl.DateTimeFormat(t.locale, options));
    return (timestamp: number) => getFormat().format(timestamp);
  };
  const time = format(CLOCK);
  const day = format({ day: 'numeric', month: 'short' });
  const dayOfYear = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const weekday = format({ weekday: 'short' });
  const date = (timestamp: number, now: number) =>
    (yearFor(timestamp, now).year === undefined ? day : dayOfYear)(timestamp);
  const approximateDuration = (ms: number) => {
    if (ms >= DAY) return t('time.days', { count: Math.floor(ms / DAY) });
    if (ms >= HOUR) return t('time.hours', { count: Math.floor(ms / HOUR) });
    return ms < MINUTE ? t('time.under-a-minute') : t('time.minutes', { count: Math.floor(ms / MINUTE) });
  };
  return {
    approximateDuration,
    callDuration: (ms) => {
      const hours = Math.floor(ms / HOUR);
      const minutes = Math.floor((ms % HOUR) / MINUTE);
      const seconds = twoDigits(Math.floor((ms % MINUTE) / SECOND));
      return hours === 0 ? `${minutes}:${seconds}` : `${hours}:${twoDigits(minutes)}:${seconds}`;
    },
    dateTime: (timestamp, now) => {
      const isToday = new Date(timestamp).toDateString() === new Date(now).toDateString();
      return isToday
        ? time(timestamp)
        : t('time.day-and-time', { day: date(timestamp, now), time: time(timestamp) });
    },
    returnTime: (timestamp, now) => {
      const days = daysUntil(timestamp, now);
      if (days === 0) return time(timestamp);
      if (days === 1) return t('time.tomorrow-at', { time: time(timestamp) });
      if (days > 1 && days < 7)
        return t('time.weekday-at', { day: weekday(timestamp), time: time(timestamp) });
      return date(timestamp, now);
    },
    overdue: (ms) => t('time.late', { duration: approximateDuration(ms) }),
  };
}

const formatsByLanguage = new WeakMap<Translate, Formats>();

/** Made once for each language. */
function formatsOf(t: Translate): Formats {
  const formats = formatsByLanguage.get(t) ?? createFormats(t);
  formatsByLanguage.set(t, formats);
  return formats;
}

export function useFormats(): Formats {
  return formatsOf(useT());
}
