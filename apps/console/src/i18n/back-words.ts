import type { Translate } from './translate.ts';

export const UNITS = ['minutes', 'hours', 'days', 'weeks'] as const;
export type Unit = (typeof UNITS)[number];

/** What one language calls the parts of a return time, in lower case. */
export interface BackWords {
  /** Before a while: `in`, and `+` in every language. */
  readonly after: ReadonlySet<string>;
  /** Say nothing by themselves: `at`. */
  readonly fillers: ReadonlySet<string>;
  /** After a time of the day: `o’clock`. */
  readonly clock: ReadonlySet<string>;
  readonly units: Readonly<Record<Unit, ReadonlySet<string>>>;
  /** Days from today by name. */
  readonly days: ReadonlyMap<string, number>;
  /** The names, each in full and in short, from Sunday and from January on. */
  readonly weekdays: readonly Named[];
  readonly months: readonly Named[];
  /** `12/24` and not `24/12`. */
  readonly monthFirst: boolean;
}

interface Named {
  readonly long: string;
  readonly short: string;
}

const SHORTEST = 3;

/** The place of a name, which may be cut after three letters; -1 where it is none. */
export function placeOf(names: readonly Named[], word: string): number {
  const isExact = ({ long, short }: Named) => word === long || word === short;
  const exact = names.findIndex(isExact);
  return exact >= 0 || word.length < SHORTEST ? exact : names.findIndex(({ long }) => long.startsWith(word));
}

export function createBackWords(t: Translate): BackWords {
  const list = (words: string) => new Set(words.split(' '));
  const days = (words: string, ahead: number) =>
    words.split(' ').map((word): [string, number] => [word, ahead]);
  const names = (dates: readonly Date[], part: 'weekday' | 'month') => {
    const [long, short] = (['long', 'short'] as const).map(
      (length) => new Intl.DateTimeFormat(t.locale, { [part]: length, timeZone: 'UTC' }),
    );
    const plain = (format: Intl.DateTimeFormat | undefined, date: Date) =>
      (format?.format(date) ?? '').toLowerCase().replace(/\.$/u, '');
    return dates.map((date) => ({ long: plain(long, date), short: plain(short, date) }));
  };
  const order = new Intl.DateTimeFormat(t.locale, { day: 'numeric', month: 'numeric' })
    .formatToParts(0)
    .map(({ type }) => type);
  return {
    after: list(`+ ${t('back.read.after')}`),
    fillers: list(t('back.read.fillers')),
    clock: list(t('back.read.clock')),
    units: {
      minutes: list(t('back.read.minutes')),
      hours: list(t('back.read.hours')),
      days: list(t('back.read.days')),
      weeks: list(t('back.read.weeks')),
    },
    days: new Map([
      ...days(t('back.read.today'), 0),
      ...days(t('back.read.tomorrow'), 1),
      ...days(t('back.read.after-tomorrow'), 2),
    ]),
    weekdays: names(
      // The first of November 2026 is a Sunday.
      Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 10, 1 + day))),
      'weekday',
    ),
    months: names(
      Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 1))),
      'month',
    ),
    monthFirst: order.indexOf('month') < order.indexOf('day'),
  };
}
