import { useT } from './i18n-context.tsx';
import { lazy } from './lazy.ts';
import type { Translate } from './translate.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Times of day: `9:05`, `9:05 AM`. */
export const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** Formats times and durations; arguments are in milliseconds, timestamps since 1970. */
export interface Formats {
  /** `0:06`, `12:03`, `1:02:03`. */
  readonly callDuration: (ms: number) => string;
  /** `<1 min`, `35 min`, `4 h`, `3 d`. */
  readonly approximateDuration: (ms: number) => string;
  /** `14:02` today, else with the date, and the year where it is not obvious. */
  readonly dateTime: (timestamp: number, now: number) => string;
  /** `14:00`, `tomorrow 9:00`, `Mon 9:00` within a week, else `11 Oct` or `11 Oct 2027`. */
  readonly returnTime: (timestamp: number, now: number) => string;
  /** `14:00`, `tomorrow`, `Mon` within a week, else `11 Oct`. */
  readonly returnDay: (timestamp: number, now: number) => string;
  /** `12 min late`. */
  readonly overdue: (ms: number) => string;
}

/** Returns the number of midnights in between. */
export const daysUntil = (timestamp: number, now: number): number =>
  Math.round((new Date(timestamp).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / DAY);

/** From this number of days ahead, a date without a year could be one in the past. */
const YEAR_SHOWN_FROM_DAYS = 300;

/** Returns the option for the year where it is not obvious. */
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
      const isToday = daysUntil(timestamp, now) === 0;
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
    returnDay: (timestamp, now) => {
      const days = daysUntil(timestamp, now);
      if (days === 0) return time(timestamp);
      if (days === 1) return t('time.tomorrow');
      return days > 1 && days < 7 ? weekday(timestamp) : day(timestamp);
    },
    overdue: (ms) => t('time.overdue', { duration: approximateDuration(ms) }),
  };
}

const formatsByLanguage = new WeakMap<Translate, Formats>();

function formatsOf(t: Translate): Formats {
  const formats = formatsByLanguage.get(t) ?? createFormats(t);
  formatsByLanguage.set(t, formats);
  return formats;
}

export const useFormats = (): Formats => formatsOf(useT());
