import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { dictionary } from '@zxcvbn-ts/language-common';
import { type Failure, ROLES } from '@lampboard/protocol';
import pLimit from 'p-limit';

/** Argon2id, with what OWASP's Password Storage Cheat Sheet asks for; `memoryCost` is in KiB. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** So many are worked on at once, each in a thread of its own: the event loop and half the machine stay free. */
const AT_ONCE = 2;
const WAITING_AT_MOST = 100;

/** Words that are too near to guess from where they are used. */
const NEAR_WORDS = [
  'lampboard',
  'asterisk',
  'telephone',
  'reception',
  'switchboard',
  'administrator',
  ...ROLES,
];

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long where there is no such account. Null where too many are waiting: it was not looked at. */
  verify(passwordHash: string | null, password: string): Promise<boolean | null>;
}

export function createPasswords(): Passwords {
  const limit = pLimit(AT_ONCE);
  const nobodys = hash(randomBytes(32), ARGON2);
  return {
    hash: (password) => limit(() => hash(password, ARGON2)),
    async verify(passwordHash, password) {
      if (limit.pendingCount >= WAITING_AT_MOST) return null;
      return limit(
        async () => (await verify(passwordHash ?? (await nobodys), password)) && passwordHash !== null,
      );
    },
  };
}

const common: ReadonlySet<unknown> = new Set(dictionary['passwords-common']);

/** Why this must not be the password of that account; null where it may. */
export function passwordFault(password: string, account: string): Failure | null {
  const lower = password.toLowerCase();
  const near = [...NEAR_WORDS, account.toLowerCase()].map(lettersOf).filter((word) => word !== '');
  if (!common.has(lower) && !near.includes(lettersOf(lower))) return null;
  const message =
    'This password is among the first that somebody would try. Choose another one; nothing was changed.';
  return { ok: false, code: 'weak-password', message };
}

const lettersOf = (text: string) => text.replaceAll(/[^\p{L}]/gu, '');
