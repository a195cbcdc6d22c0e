/** Years after the current one that a date may be in. */
const MAX_YEARS_AHEAD = 2;
const DAYS_PER_WEEK = 7;
const MONDAY = 1;

interface ParsedDays {
  /** Candidates, the nearest first, each at midnight in the local time zone. */
  readonly days: readonly Date[];
  /** `next Friday`, which may mean a week later. */
  readonly orWeekLater: boolean;
}

/** Returns the days that symbols denote, if any. */
export function parseDays(symbols: readonly string[], now: Date, monthFirst: boolean): ParsedDays {
  const weekday = weekdayOf(symbols.find((symbol) => weekdayOf(symbol) !== null));
  const rest = symbols.filter((symbol) => weekdayOf(symbol) === null);
  const hasOneWeekday = symbols.length - rest.length === 1;
  const [first = ''] = rest;
  const unambiguous = (days: readonly Date[]): ParsedDays => ({ days, orWeekLater: false });

  if (weekday !== null && !hasOneWeekday) return unambiguous([]);
  if (rest.length === 1 && first === 'week1') {
    const monday = (MONDAY - now.getDay() + DAYS_PER_WEEK) % DAYS_PER_WEEK || DAYS_PER_WEEK;
    return unambiguous([
      addDays(now, monday + (weekday === null ? 0 : (weekday - MONDAY + DAYS_PER_WEEK) % DAYS_PER_WEEK)),
    ]);
  }
  if (weekday !== null && rest.length <= 1 && ['', 'next', 'week-later'].includes(first)) {
    const daysAhead = (weekday - now.getDay() + DAYS_PER_WEEK) % DAYS_PER_WEEK;
    if (first === '') return unambiguous([addDays(now, daysAhead), addDays(now, daysAhead + DAYS_PER_WEEK)]);
    const next = daysAhead || DAYS_PER_WEEK;
    return first === 'next'
      ? { days: [addDays(now, next)], orWeekLater: true }
      : unambiguous([addDays(now, next + DAYS_PER_WEEK)]);
  }
  const days = parseDate(rest, now, monthFirst);
  return unambiguous(weekday === null ? days : days.filter((day) => day.getDay() === weekday));
}

function weekdayOf(symbol: string | undefined): number | null {
  const match = /^wd(\d)\??$/u.exec(symbol ?? '');
  return match === null ? null : Number(match[1]);
}

export const addDays = (now: Date, days: number): Date =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);

function parseDate(symbols: readonly string[], now: Date, monthFirst: boolean): readonly Date[] {
  const [first = '', ...more] = symbols;
  if (more.length > 0) return parseWrittenDate(symbols, now);
  const relativeDay = /^day(\d)$/u.exec(first);
  if (relativeDay !== null) return [addDays(now, Number(relativeDay[1]))];
  const dayOfMonth = /^#(\d{1,2})$/u.exec(first);
  if (dayOfMonth === null) return parseNumericDate(first, now, monthFirst);
  const day = Number(dayOfMonth[1]);
  return [0, 1, 2]
    .map((months) => new Date(now.getFullYear(), now.getMonth() + months, day))
    .filter((date) => date.getDate() === day);
}

/** `2026-12-24`, `24.12.`, `24/12`, `24.12.26`. */
function parseNumericDate(text: string, now: Date, monthFirst: boolean): readonly Date[] {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text);
  if (iso !== null) return upcomingDates(now, Number(iso[3]), Number(iso[2]), iso[1]);
  const dotted = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2})?)?$/u.exec(text);
  if (dotted !== null) return upcomingDates(now, Number(dotted[1]), Number(dotted[2]), dotted[3]);
  const slashed = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?$/u.exec(text);
  if (slashed === null) return [];
  const [a, b, year] = [Number(slashed[1]), Number(slashed[2]), slashed[3]];
  const dayFirst = upcomingDates(now, a, b, year);
  const dayLast = upcomingDates(now, b, a, year);
  const [preferred, fallback] = monthFirst ? [dayLast, dayFirst] : [dayFirst, dayLast];
  return preferred.length > 0 ? preferred : fallback;
}

/** `24 Dec`, `Dec 24`, `24. Dezember 2026`. */
function parseWrittenDate(symbols: readonly string[], now: Date): readonly Date[] {
  const [a = '', b = '', year, ...rest] = symbols;
  if (rest.length > 0 || (year !== undefined && !/^\d{4}$/u.test(year))) return [];
  const [month, day] = [a, b].toSorted((x) => (x.startsWith('mo') ? -1 : 1));
  const match = [/^mo(\d{1,2})$/u.exec(month ?? ''), /^#?(\d{1,2})$/u.exec(day ?? '')];
  return match[0] && match[1] ? upcomingDates(now, Number(match[1][1]), Number(match[0][1]), year) : [];
}

/** Without a year, this and next year's; invalid dates such as 31 April are dropped. */
function upcomingDates(now: Date, day: number, month: number, year: string | undefined): readonly Date[] {
  const thisYear = now.getFullYear();
  const explicitYear = year === undefined ? null : Number(year.padStart(4, String(thisYear).slice(0, 2)));
  const years = explicitYear === null ? [thisYear, thisYear + 1] : [explicitYear];
  return years
    .filter((each) => each >= thisYear && each <= thisYear + MAX_YEARS_AHEAD)
    .map((each) => new Date(each, month - 1, day))
    .filter((date) => date.getMonth() === month - 1 && date.getDate() === day);
}
