const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** Replaces umlauts as on keyboards without them: `zurueck`. */
export const transliterateUmlauts = (text: string): string =>
  text.replaceAll(/[äöüß]/gu, (letter) => UMLAUTS[letter] ?? letter);

/** A weekday or month in lower case, transliterated. */
interface Named {
  readonly long: string;
  readonly short: string;
}

/** Names may be abbreviated to this many letters. */
const MIN_ABBREVIATION_LENGTH = 3;

function named(locale: string, part: 'weekday' | 'month', dates: readonly Date[]): readonly Named[] {
  const writer = (length: 'long' | 'short') => {
    const format = new Intl.DateTimeFormat(locale, { [part]: length, timeZone: 'UTC' });
    return (date: Date) => transliterateUmlauts(format.format(date).toLowerCase().replace(/\.$/u, ''));
  };
  const [long, short] = [writer('long'), writer('short')];
  return dates.map((date) => ({ long: long(date), short: short(date) }));
}

/** From Sunday on: 1 November 2026 is a Sunday. */
export function weekdayNames(locale: string): readonly Named[] {
  return named(
    locale,
    'weekday',
    Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 10, 1 + day))),
  );
}

/** From January on. */
export function monthNames(locale: string): readonly Named[] {
  return named(
    locale,
    'month',
    Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 1))),
  );
}

/** Returns the index of a name, in full or abbreviated; -1 without a match. */
export function indexOfName(names: readonly Named[], word: string): number {
  const exact = names.findIndex(({ long, short }) => word === long || word === short);
  return exact >= 0 || word.length < MIN_ABBREVIATION_LENGTH
    ? exact
    : names.findIndex(({ long }) => long.startsWith(word));
}

/** True if the locale writes `12/24` and not `24/12`. */
export function isMonthFirst(locale: string): boolean {
  const order = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric' })
    .formatToParts(0)
    .map(({ type }) => type);
  return order.indexOf('month') < order.indexOf('day');
}
