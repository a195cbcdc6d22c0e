import { type BackWords, placeOf } from './back-words.ts';

/** Years that a return time can lie in, from this one on. */
const YEARS = 2;

/** The days that are meant, the nearest first, each at midnight in the local time zone; none where it is no day. */
export function daysOf(tokens: readonly string[], now: Date, words: BackWords): readonly Date[] {
  const [first, ...more] = tokens;
  if (first === undefined) return [];
  if (more.length > 0) return writtenOut(tokens, now, words);

  const named = words.days.get(first);
  if (named !== undefined) return [dayAhead(now, named)];
  const weekday = placeOf(words.weekdays, first);
  if (weekday >= 0) {
    const ahead = (weekday - now.getDay() + 7) % 7;
    return [dayAhead(now, ahead), dayAhead(now, ahead + 7)];
  }
  return inFigures(first, now, words);
}

function dayAhead(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
}

/** `2026-12-24`, `24.12.`, `24/12`, `24.12.26`. */
function inFigures(token: string, now: Date, { monthFirst }: BackWords): readonly Date[] {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(token);
  if (iso !== null) return dated(now, Number(iso[3]), Number(iso[2]), iso[1]);
  const dotted = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2})?)?$/u.exec(token);
  if (dotted !== null) return dated(now, Number(dotted[1]), Number(dotted[2]), dotted[3]);
  const slashed = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?$/u.exec(token);
  if (slashed === null) return [];
  const [a, b, year] = [Number(slashed[1]), Number(slashed[2]), slashed[3]];
  const [usual, other] = monthFirst
    ? ([
        [b, a],
        [a, b],
      ] as const)
    : ([
        [a, b],
        [b, a],
      ] as const);
  const days = dated(now, usual[0], usual[1], year);
  return days.length > 0 ? days : dated(now, other[0], other[1], year);
}

/** `24 Dec`, `Dec 24`, `24. Dezember 2026`. */
function writtenOut(tokens: readonly string[], now: Date, { months }: BackWords): readonly Date[] {
  const [a = '', b = '', year, ...rest] = tokens;
  if (rest.length > 0 || (year !== undefined && !/^\d{4}$/u.test(year))) return [];
  const [day, word] = /^\d/u.test(a) ? [a, b] : [b, a];
  const month = placeOf(months, word) + 1;
  return month > 0 && /^\d{1,2}\.?$/u.test(day) ? dated(now, Number.parseInt(day, 10), month, year) : [];
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
