import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Failure } from '@lampboard/protocol';
import pLimit from 'p-limit';
import { refuse } from '../refuse.ts';
import { isGuessable } from './guessable.ts';

/** Argon2id, with what OWASP's Password Storage Cheat Sheet asks for; `memoryCost` is in KiB. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** So many are worked on at once, each in a thread of its own: the event loop and half the machine stay free. */
const AT_ONCE = 2;
const WAITING_AT_MOST = 100;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long where there is no such account. Null where too many are waiting: it was not looked at. */
  verify(passwordHash: string | null, password: string): Promise<boolean | null>;
  /** Why this must not be the password of that account; null where it may. */
  fault(password: string, account: string): Promise<Failure | null>;
}

const WEAK = refuse(
  'weak-password',
  'This password is among the first that somebody would try. Choose another one; nothing was changed.',
);
const BUSY = refuse('too-many', 'Too many passwords are being set. Try again in 5 s; nothing was changed.');

/** `siteWords` are words that somebody who knows the site would try. */
export function createPasswords({ siteWords = [] }: { siteWords?: readonly string[] } = {}): Passwords {
  const limit = pLimit(AT_ONCE);
  const looking = pLimit(1);
  const nobodys = hash(randomBytes(32), ARGON2);
  return {
    hash: (password) => limit(() => hash(password, ARGON2)),
    async verify(passwordHash, password) {
      if (limit.pendingCount >= WAITING_AT_MOST) return null;
      return limit(
        async () => (await verify(passwordHash ?? (await nobodys), password)) && passwordHash !== null,
      );
    },
    async fault(password, account) {
      if (looking.pendingCount >= WAITING_AT_MOST) return BUSY;
      const words = [account, ...account.split(/[^\p{L}]+/u), ...siteWords];
      return (await looking(() => isGuessable(password, words))) ? WEAK : null;
    },
  };
}
