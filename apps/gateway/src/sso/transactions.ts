import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { Clock } from '../clock.ts';

/** Time for the user to sign in at the provider. */
const LASTS_MS = 10 * 60_000;
/** Nothing came of it so often: it is of no use any more. */
const TRIES = 3;

const transaction = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  /** The session that this browser had before, which ends with the new one. */
  replaces: z.string().nullable(),
});
export type Transaction = Readonly<z.infer<typeof transaction>>;

/** A sign-in between its beginning and its end, which the browser itself keeps, sealed: nothing is kept here. */
export interface Transactions {
  seal(transaction: Transaction): Promise<string>;
  /**
   * Opens one, for one caller at a time: whoever comes with it again meanwhile finds it `spent`, and everybody from
   * then on unless it is given back. `expired`: too old, or none of ours.
   */
  take(sealed: string | undefined): Promise<Transaction | 'expired' | 'spent'>;
  /** Nothing came of it: it may be tried again, a few times. */
  giveBack(transaction: Transaction): void;
}

/** `key` has 256 bits, and is the same in every gateway that the provider may lead a browser back to. */
export function createTransactions({ key, now }: { key: Uint8Array; now: Clock['now'] }): Transactions {
  /** States of those that were taken, and when they expire, the oldest first. */
  const spent = new Map<string, number>();
  const tries = new Map<string, number>();

  function forgetExpired(): void {
    for (const [state, expiresAt] of spent) {
      if (expiresAt > now()) return;
      spent.delete(state);
      tries.delete(state);
    }
  }

  async function open(sealed: string): Promise<Transaction | null> {
    try {
      const { payload } = await jwtDecrypt(sealed, key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        requiredClaims: ['exp'],
        currentDate: new Date(now()),
      });
      return transaction.parse(payload);
    } catch {
      return null;
    }
  }

  return {
    seal: (begun) =>
      new EncryptJWT({ ...begun })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(new Date(now() + LASTS_MS))
        .encrypt(key),
    async take(sealed) {
      const opened = sealed === undefined ? null : await open(sealed);
      if (opened === null) return 'expired';
      forgetExpired();
      if (spent.has(opened.state)) return 'spent';
      spent.set(opened.state, now() + LASTS_MS);
      return opened;
    },
    giveBack({ state }) {
      const tried = (tries.get(state) ?? 0) + 1;
      tries.set(state, tried);
      if (tried < TRIES) spent.delete(state);
    },
  };
}
