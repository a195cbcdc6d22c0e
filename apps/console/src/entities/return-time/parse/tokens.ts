import { lazy } from '../../../i18n/lazy.ts';
import type { Translate } from '../../../i18n/translate.ts';
import {
  indexOfName,
  isMonthFirst,
  monthNames,
  weekdayNames,
  transliterateUmlauts,
} from './calendar-names.ts';
import { ENGLISH } from './english.ts';
import { GERMAN } from './german.ts';
import type { TimeLexicon } from './time-words.ts';

/** The words for times in all languages, for a page in one of them. */
export interface Vocabulary {
  /** True if all words may denote a time; `#` begins a subtype, `""` is an empty text, `24/7` means always. */
  readonly knows: (text: string) => boolean;
  /** Returns the symbols ({@link TimeLexicon}) of a text. An abbreviated weekday is `wd1?`, a day of the month `#24`. */
  readonly symbolsOf: (text: string) => readonly string[];
  /** Phrases about a time that is not specified. */
  readonly vague: RegExp;
  /** True if a number before the word counts it. */
  readonly isCounted: (word: string) => boolean;
  /** True if dates are written as `12/24`. */
  readonly monthFirst: boolean;
}

const LANGUAGES: Readonly<Record<string, TimeLexicon>> = { en: ENGLISH, de: GERMAN };
const FRACTIONS: Readonly<Record<string, string>> = { '½': ' half', '¼': ' quarter', '¾': ' 3 quarter' };

/** Abbreviations of German weekdays that are words or names, the short ones in English. */
const NON_WEEKDAYS: ReadonlySet<string> = new Set(['mit', 'son', 'don', 'sam']);
const NON_WEEKDAYS_ENGLISH: ReadonlySet<string> = new Set(['so', 'do', ...NON_WEEKDAYS]);
/** Letters that may follow digits: `2 p.m.`, `24th`, `3ish`. */
const NUMBER_AFFIXES = ['h', 'a', 'p', 'st', 'nd', 'rd', 'th', 'ish'];

const wholeWords = (pattern: string, flags: string) =>
  new RegExp(`(?<![\\p{L}\\d])(?:${pattern})(?![\\p{L}\\d])`, flags);

/** Matches both spellings of umlauts in the original text. */
const withBothSpellings = (pattern: string) =>
  pattern.replaceAll(/[äöüß]/gu, (letter) => `(?:${letter}|${transliterateUmlauts(letter)})`);

/** The page's language takes precedence. */
function createVocabulary({ language, locale }: Translate): Vocabulary {
  const others = Object.keys(LANGUAGES).filter((name) => name !== language);
  const all = [language, ...others].flatMap((name) => LANGUAGES[name] ?? []);
  const meanings = new Map<string, string>();
  for (const { words } of all.toReversed()) {
    for (const [symbol, list] of Object.entries(words)) {
      for (const word of transliterateUmlauts(list).split(' ')) meanings.set(word, symbol);
    }
  }
  const phrases = all.flatMap(({ phrases }) =>
    phrases.map((phrase) => {
      const [pattern = '', words = ''] = phrase.map(transliterateUmlauts);
      return [wholeWords(pattern, 'gu'), words] as const;
    }),
  );
  const names = [locale, ...others].map((name) => ({
    weekdays: weekdayNames(name),
    months: monthNames(name),
    excepted: name === locale ? NON_WEEKDAYS : NON_WEEKDAYS_ENGLISH,
  }));
  const counted = all.map(({ counted }) => new RegExp(transliterateUmlauts(counted.source), counted.flags));
  const nameOf = (word: string): string => {
    for (const { weekdays, months, excepted } of names) {
      const weekday = excepted.has(word) ? -1 : indexOfName(weekdays, word);
      if (weekday >= 0) return `wd${weekday}${weekdays[weekday]?.long === word ? '' : '?'}`;
      const month = indexOfName(months, word);
      if (month >= 0) return `mo${month + 1}`;
    }
    return word;
  };

  const phraseWords = all.flatMap(({ phrases }) =>
    phrases.flatMap(
      ([pattern]) =>
        transliterateUmlauts(pattern)
          .replaceAll(/\\\w(?:\{L\})?/gu, ' ')
          .match(/\p{L}+/gu) ?? [],
    ),
  );
  const known = new Set([...meanings.keys(), ...phraseWords, ...NUMBER_AFFIXES]);
  const isKnown = (word: string) =>
    known.has(word) || known.has(word.replace(/ish$/u, '')) || nameOf(word) !== word;

  return {
    knows: (text) =>
      !/#|""|24\/7/u.test(text) &&
      (
        transliterateUmlauts(text.toLowerCase())
          .replaceAll('’', "'")
          .match(/[\p{L}']+/gu) ?? []
      ).every(isKnown),
    symbolsOf: (text) => {
      const normalized = phrases.reduce(
        (result, [pattern, words]) => result.replaceAll(pattern, words),
        tokenize(text),
      );
      const words = normalized.split(/\s+/u).filter((word) => word !== '');
      const symbols = words.flatMap((word) => (meanings.get(word) ?? nameOf(word)).split(' '));
      return symbols.flatMap((symbol, index) => {
        const before = symbols.slice(0, index).findLast(isMeaningful) ?? '';
        const after = symbols.slice(index + 1).find(isMeaningful) ?? '';
        if (symbol === 'am' || symbol === 'pm')
          return resolveMeridiem(symbol, before, after, language === 'de');
        return symbol === 'a' ? resolveArticle(before, after) : symbol;
      });
    },
    vague: wholeWords(all.flatMap(({ vague }) => vague.map(withBothSpellings)).join('|'), 'iu'),
    isCounted: (word) => counted.some((form) => form.test(transliterateUmlauts(word.toLowerCase()))),
    monthFirst: isMonthFirst(locale),
  };
}

const isMeaningful = (symbol: string) => !symbol.startsWith('~');

/** Splits a text into lower-case numbers and words: `1h30` to `1 h 30`, `2 p.m.` to `2 pm`, `24th` to `#24`. */
function tokenize(text: string): string {
  const withFractions = text.replaceAll(/[½¼¾]/gu, (sign) => FRACTIONS[sign] ?? sign).normalize('NFKC');
  return transliterateUmlauts(withFractions.toLowerCase())
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

/** `am` and `pm` belong to the hour before them, else denote a part of the day; German `am` means “on”. */
function resolveMeridiem(meridiem: 'am' | 'pm', before: string, after: string, isGerman: boolean): string {
  const isPreposition = meridiem === 'am' && IS_DAY.test(after) && (isGerman || !IS_HOUR.test(before));
  if (isPreposition) return '~on';
  if (IS_HOUR.test(before)) return meridiem;
  return meridiem === 'pm' ? 'afternoon' : IS_DAY.test(before) ? 'morning' : '~';
}

/** An article is 1 before a unit, and is dropped beside a number: `an hour and a half`, `half an hour`. */
function resolveArticle(before: string, after: string): readonly string[] {
  if (IS_FRACTION.test(before) || IS_FRACTION.test(after) || /^\d/u.test(after)) return [];
  return [IS_UNIT.test(after) ? '1' : 'a'];
}

const vocabularyByLanguage = new WeakMap<Translate, () => Vocabulary>();

export function vocabularyOf(t: Translate): Vocabulary {
  const vocabulary = vocabularyByLanguage.get(t) ?? lazy(() => createVocabulary(t));
  vocabularyByLanguage.set(t, vocabulary);
  return vocabulary();
}
