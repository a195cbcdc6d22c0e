/** Years that a return time can lie in, from this one on. */
const YEARS = 2;
const WEEK = 7;
const MONDAY = 1;

/** A day as people say it. */
export interface Days {
  /** Those that could be meant, the nearest first, each at midnight in the local time zone. */
  readonly days: readonly Date[];
  /** `next Friday`, which some mean a week later. */
  readonly orWeekLater: boolean;
}

/** The days that the symbols say; none where they say none. */
export function daysOf(symbols: readonly string[], now: Date, monthFirst: boolean): Days {
  const weekday = weekdayOf(symbols.find((symbol) => weekdayOf(symbol) !== null));
  const rest = symbols.filter((symbol) => weekdayOf(symbol) === null);
  const isOne = symbols.length - rest.length === 1;
  const [first = ''] = rest;
  const plain = (days: readonly Date[]): Days => ({ days, orWeekLater: false });

  if (weekday !== null && !isOne) return plain([]);
  if (rest.length === 1 && first === 'week1') {
    const monday = (MONDAY - now.getDay() + WEEK) % WEEK || WEEK;
    return plain([dayAhead(now, monday + (weekday === null ? 0 : (weekday - MONDAY + WEEK) % WEEK))]);
  }
  if (weekday !== null && rest.length <= 1 && ['', 'next', 'week-later'].includes(first)) {
    const ahead = (weekday - now.getDay() + WEEK) % WEEK;
    if (first === '') return plain([dayAhead(now, ahead), dayAhead(now, ahead + WEEK)]);
    const next = ahead || WEEK;
    return first === 'next'
      ? { days: [dayAhead(now, next)], orWeekLater: true }
      : plain([dayAhead(now, next + WEEK)]);
  }
  const days = dateOf(rest, now, monthFirst);
  return plain(weekday === null ? days : days.filter((day) => day.getDay() === weekday));
}

function weekdayOf(symbol: string | undefined): number | null {
  const match = /^wd(\d)\??$/u.exec(symbol ?? '');
  return match === null ? null : Number(match[1]);
}

function dayAhead(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
}

function dateOf(symbols: readonly string[], now: Date, monthFirst: boolean): readonly Date[] {
  const [first = '', ...more] = symbols;
  if (more.length > 0) return writtenOut(symbols, now);
  const ahead = /^day(\d)$/u.exec(first);
  if (ahead !== null) return [dayAhead(now, Number(ahead[1]))];
  const ofMonth = /^#(\d{1,2})$/u.exec(first);
  if (ofMonth === null) return inFigures(first, now, monthFirst);
  const day = Number(ofMonth[1]);
  return [0, 1, 2]
    .map((months) => new Date(now.getFullYear(), now.getMonth() + months, day))
    .filter((date) => date.getDate() === day);
}

/** `2026-12-24`, `24.12.`, `24/12`, `24.12.26`. */
function inFigures(text: string, now: Date, monthFirst: boolean): readonly Date[] {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text);
  if (iso !== null) return dated(now, Number(iso[3]), Number(iso[2]), iso[1]);
  const dotted = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2})?)?$/u.exec(text);
  if (dotted !== null) return dated(now, Number(dotted[1]), Number(dotted[2]), dotted[3]);
  const slashed = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?$/u.exec(text);
  if (slashed === null) return [];
  const [a, b, year] = [Number(slashed[1]), Number(slashed[2]), slashed[3]];
  const dayFirst = dated(now, a, b, year);
  const dayLast = dated(now, b, a, year);
  const [usual, unusual] = monthFirst ? [dayLast, dayFirst] : [dayFirst, dayLast];
  return usual.length > 0 ? usual : unusual;
}

/** `24 Dec`, `Dec 24`, `24. Dezember 2026`. */
function writtenOut(symbols: readonly string[], now: Date): readonly Date[] {
  const [a = '', b = '', year, ...rest] = symbols;
  if (rest.length > 0 || (year !== undefined && !/^\d{4}$/u.test(year))) return [];
  const [month, day] = [a, b].toSorted((x) => (x.startsWith('mo') ? -1 : 1));
  const match = [/^mo(\d{1,2})$/u.exec(month ?? ''), /^#?(\d{1,2})$/u.exec(day ?? '')];
  return match[0] && match[1] ? dated(now, Number(match[1][1]), Number(match[0][1]), year) : [];
}

/** Without a year it is the next such day; a day that there is not, such as 31 April, is none. */
function dated(now: Date, day: number, month: number, year: string | undefined): readonly Date[] {
  const thisYear = now.getFullYear();
  const given = year === undefined ? null : Number(year.padStart(4, String(thisYear).slice(0, 2)));
  const years = given === null ? [thisYear, thisYear + 1] : [given];
  return years
    .filter((each) => each >= thisYear && each <= thisYear + YEARS)
    .map((each) => new Date(each, month - 1, day))
    .filter((date) => date.getMonth() === month - 1 && date.getDate() === day);
}
