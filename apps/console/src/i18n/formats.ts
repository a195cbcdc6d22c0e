import { useMemo } from 'react';
import { useT } from './i18n-context.tsx';
import type { Translate } from './translate.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const two = (value: number) => String(value).padStart(2, '0');

/** Times and durations as the language writes them; all arguments are milliseconds. */
export interface Formats {
  /** As a telephone's display counts a call: `0:06`, `12:03`, `1:02:03`. */
  readonly callTime: (ms: number) => string;
  /** As people say it: `<1 min`, `35 min`, `4 h`, `3 d`; it rarely changes. */
  readonly roughTime: (ms: number) => string;
  /** `14:02` for a moment of today, with the date before it otherwise; both since 1970. */
  readonly dayTime: (at: number, now: number) => string;
}

export function createFormats(t: Translate): Formats {
  const time = new Intl.DateTimeFormat(t.locale, { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(t.locale, { day: 'numeric', month: 'short' });
  return {
    callTime: (ms) => {
      const hours = Math.floor(ms / HOUR);
      const minutes = Math.floor((ms % HOUR) / MINUTE);
      const seconds = two(Math.floor((ms % MINUTE) / SECOND));
      return hours === 0 ? `${minutes}:${seconds}` : `${hours}:${two(minutes)}:${seconds}`;
    },
    roughTime: (ms) => {
      if (ms >= DAY) return t('time.days', { count: Math.floor(ms / DAY) });
      if (ms >= HOUR) return t('time.hours', { count: Math.floor(ms / HOUR) });
      return ms < MINUTE ? t('time.under-a-minute') : t('time.minutes', { count: Math.floor(ms / MINUTE) });
    },
    dayTime: (at, now) => {
      const isToday = new Date(at).toDateString() === new Date(now).toDateString();
      return isToday
        ? time.format(at)
        : t('time.day-and-time', { day: day.format(at), time: time.format(at) });
    },
  };
}

export function useFormats(): Formats {
  const t = useT();
  return useMemo(() => createFormats(t), [t]);
}
