import { onceWanted } from '../once-wanted.ts';
import type { Translate } from '../translate.ts';
import { indexOfName, isMonthFirst, monthNames, weekdayNames, withoutUmlauts } from './names.ts';
import { ENGLISH } from './english.ts';
import { GERMAN } from './german.ts';
import type { TimeWords } from './words.ts';

/** All that is known of how people say times, on a page of one language. */
export interface Vocabulary {
  /** Whether all its words may be those of a time; `#` begins a subtype, `""` is no text, `24/7` is always. */
  readonly knows: (text: string) => boolean;
  /** The words of a text, each as what it means: see words.ts. A weekday cut short is `wd1?`, the day of a month `#24`. */
  readonly symbolsOf: (text: string) => readonly string[];
  /** Phrases that speak of a time without saying one. */
  readonly vague: RegExp;
  /** Whether a number before this word counts it. */
  readonly isCounted: (word: string) => boolean;
  /** Whether `12/24` is a day, and not `24/12`. */
  readonly monthFirst: boolean;
}

const LANGUAGES: Readonly<Record<string, TimeWords>> = { en: ENGLISH, de: GERMAN };
const FRACTIONS: Readonly<Record<string, string>> = { '½': ' half', '¼': ' quarter', '¾': ' 3 quarter' };

/** Beginnings of German weekdays that are words or names, and the short ones that are so in English. */
const NO_WEEKDAYS: ReadonlySet<string> = new Set(['mit', 'son', 'don', 'sam']);
const NO_ENGLISH_WEEKDAYS: ReadonlySet<string> = new Set(['so', 'do', ...NO_WEEKDAYS]);
/** Letters that stand beside figures: `2 p.m.`, `24th`, `3ish`. */
const BESIDE_FIGURES = ['h', 'a', 'p', 'st', 'nd', 'rd', 'th', 'ish'];

const wholeWords = (pattern: string, flags: string) =>
  new RegExp(`(?<![\\p{L}\\d])(?:${pattern})(?![\\p{L}\\d])`, flags);

/** What is looked for in the line itself stands there as it was typed. */
const withBothSpellings = (pattern: string) =>
  pattern.replaceAll(/[äöüß]/gu, (letter) => `(?:${letter}|${withoutUmlauts(letter)})`);

/** The words of the page's language come before those of the others. */
function createVocabulary({ language, locale }: Translate): Vocabulary {
  const others = Object.keys(LANGUAGES).filter((name) => name !== language);
  const all = [language, ...others].flatMap((name) => LANGUAGES[name] ?? []);
  const meanings = new Map<string, string>();
  for (const { words } of all.toReversed()) {
    for (const [symbol, list] of Object.entries(words)) {
      for (const word of withoutUmlauts(list).split(' ')) meanings.set(word, symbol);
    }
  }
  const phrases = all.flatMap(({ phrases }) =>
    phrases.map((phrase) => {
      const [pattern = '', words = ''] = phrase.map(withoutUmlauts);
      return [wholeWords(pattern, 'gu'), words] as const;
    }),
  );
  const names = [locale, ...others].map((name) => ({
    weekdays: weekdayNames(name),
    months: monthNames(name),
    excepted: name === locale ? NO_WEEKDAYS : NO_ENGLISH_WEEKDAYS,
  }));
  const counted = all.map(({ counted }) => new RegExp(withoutUmlauts(counted.source), counted.flags));
  const nameOf = (word: string): string => {
    for (const { weekdays, months, excepted } of names) {
      const weekday = excepted.has(word) ? -1 : indexOfName(weekdays, word);
      if (weekday >= 0) return `wd${weekday}${weekdays[weekday]?.long === word ? '' : '?'}`;
      const month = indexOfName(months, word);
      if (month >= 0) return `mo${month + 1}`;
    }
    return word;
  };

  const inPhrases = all.flatMap(({ phrases }) =>
    phrases.flatMap(
      ([pattern]) =>
        withoutUmlauts(pattern)
          .replaceAll(/\\\w(?:\{L\})?/gu, ' ')
          .match(/\p{L}+/gu) ?? [],
    ),
  );
  const known = new Set([...meanings.keys(), ...inPhrases, ...BESIDE_FIGURES]);
  const isKnown = (word: string) =>
    known.has(word) || known.has(word.replace(/ish$/u, '')) || nameOf(word) !== word;

  return {
    knows: (text) =>
      !/#|""|24\/7/u.test(text) &&
      (
        withoutUmlauts(text.toLowerCase())
          .replaceAll('’', "'")
          .match(/[\p{L}']+/gu) ?? []
      ).every(isKnown),
    symbolsOf: (text) => {
      const read = phrases.reduce((said, [pattern, words]) => said.replaceAll(pattern, words), apart(text));
      const words = read.split(/\s+/u).filter((word) => word !== '');
      const symbols = words.flatMap((word) => (meanings.get(word) ?? nameOf(word)).split(' '));
      return symbols.flatMap((symbol, place) => {
        const before = symbols.slice(0, place).findLast(isSaying) ?? '';
        const after = symbols.slice(place + 1).find(isSaying) ?? '';
        if (symbol === 'am' || symbol === 'pm') return halfOf(symbol, before, after, language === 'de');
        return symbol === 'a' ? articleOf(before, after) : symbol;
      });
    },
    vague: wholeWords(all.flatMap(({ vague }) => vague.map(withBothSpellings)).join('|'), 'iu'),
    isCounted: (word) => counted.some((form) => form.test(withoutUmlauts(word.toLowerCase()))),
    monthFirst: isMonthFirst(locale),
  };
}

const isSaying = (symbol: string) => !symbol.startsWith('~');

/** Numbers and words, apart and in lower case: `1h30` is `1 h 30`, `2 p.m.` is `2 pm`, `24th` is `#24`, `14–16` is `16`. */
function apart(text: string): string {
  const written = text.replaceAll(/[½¼¾]/gu, (sign) => FRACTIONS[sign] ?? sign).normalize('NFKC');
  return withoutUmlauts(written.toLowerCase())
    .replaceAll('’', "'")
    .replaceAll(/(?<=\p{L})-(?=\p{L})/gu, ' ')
    .replaceAll(/([13])\/([24])(?= ?(?:h|std|stunde))/gu, (_, a: string, b: string) =>
      b === '2' ? ' half' : a === '1' ? ' quarter' : ' 3 quarter',
    )
    .replaceAll(/["“”„«»()!?]/gu, ' ')
    .replaceAll(/(?<!\p{L})([ap])\.\s?m(?!\p{L})\.?/gu, '$1m')
    .replaceAll(/(?<=\d)\s?([ap])(?![\p{L}.])/gu, '$1m')
    .replaceAll(/(?<=[\da-z])[ -]?ish(?!\p{L})/gu, '')
    .replaceAll(/(?<!\d)(\d{1,2})(?:st|nd|rd|th)(?!\p{L})/gu, '#$1')
    .replaceAll(/(?<=(?:am|zum|den|dem|vom) )(\d{1,2})\.(?=\s|$)|(?<!\S)(\d{1,2})\.(?= ?\p{L})/gu, '#$1$2')
    .replaceAll(/(?<=(?:^|\s)\d{1,2}|:\d\d)\.(?=\s|$)/gu, '')
    .replaceAll(/(?<![\d-])\d{1,2}(?:[:.]\d{1,2})?\.?\s?[-–—]\s?(?=\d{1,2}(?![\d-]))/gu, '@ ')
    .replace(/^\s*\+/u, '+ ')
    .replaceAll(/[@~](?=\d)/gu, '$& ')
    .replaceAll(/\d(?=\p{L})|\p{L}(?=\d)/gu, '$& ')
    .replaceAll(/(?<=\p{L})[.,:;]+(?=\s|$)|,(?=\s|$)/gu, '');
}

const IS_FRACTION = /^(?:half|quarter)$/u;
const IS_UNIT = /^(?:m|h|hr|d|w|clock)$/u;
const IS_HOUR = /^(?:\d|clock$)/u;
const IS_DAY = /^(?:wd|mo|day|#|morning|noon|afternoon|evening|night)/u;

/** `am` and `pm` belong to the hour before them, and are a part of the day without one; a German `am` is an “on”. */
function halfOf(half: 'am' | 'pm', before: string, after: string, isGerman: boolean): string {
  const isOn = half === 'am' && IS_DAY.test(after) && (isGerman || !IS_HOUR.test(before));
  if (isOn) return '~on';
  if (IS_HOUR.test(before)) return half;
  return half === 'pm' ? 'afternoon' : IS_DAY.test(before) ? 'morning' : '~';
}

/** An article is a one before a unit, and nothing beside another number: `an hour and a half`, `half an hour`. */
function articleOf(before: string, after: string): readonly string[] {
  if (IS_FRACTION.test(before) || IS_FRACTION.test(after) || /^\d/u.test(after)) return [];
  return [IS_UNIT.test(after) ? '1' : 'a'];
}

const made = new WeakMap<Translate, () => Vocabulary>();

/** Made once for each language. */
export function vocabularyOf(t: Translate): Vocabulary {
  const vocabulary = made.get(t) ?? onceWanted(() => createVocabulary(t));
  made.set(t, vocabulary);
  return vocabulary();
}
