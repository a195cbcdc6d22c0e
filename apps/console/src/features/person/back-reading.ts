import { CLOCK, type Formats, yearFor } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const isSameDay = (a: number, b: number) => new Date(a).toDateString() === new Date(b).toDateString();

/** `2 h 10 min`: to the minute for a day, roughly beyond. */
function leadTime(t: Translate, { roughTime }: Formats, ms: number): string {
  const full = Math.round(ms / MINUTE) * MINUTE;
  const minutes = (full % HOUR) / MINUTE;
  if (full < HOUR || full >= DAY || minutes === 0) return roughTime(full);
  return `${roughTime(full)} ${t('time.minutes', { count: minutes })}`;
}

/** A return time as the editor understands it: `today 14:00, in 2 h 10 min`; both since 1970. */
export function backReading(t: Translate, formats: Formats, at: number, now: number): string {
  const written = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(t.locale, { ...options, ...CLOCK }).format(at);
  const when = isSameDay(at, now)
    ? t('back.today', { time: written({}) })
    : written({ weekday: 'short', day: 'numeric', month: 'short', ...yearFor(at, now) });
  return at <= now
    ? t('back.late', { when, late: formats.lateTime(now - at) })
    : t('back.ahead', { when, duration: leadTime(t, formats, at - now) });
}
