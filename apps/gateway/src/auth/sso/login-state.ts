import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';

/** Time for the user to sign in at the provider. */
const LOGIN_STATE_TTL_MS = 10 * 60_000;
/** Nothing came of it so often: it is of no use any more. */
const MAX_ATTEMPTS = 3;

const loginStateSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  /** The session that this browser had before, which ends with the new one. */
  previousSessionId: z.string().nullable(),
});
export type LoginState = Readonly<z.infer<typeof loginStateSchema>>;

/** A sign-in between its beginning and its end, which the browser itself keeps, sealed: nothing is kept here. */
export interface LoginStates {
  seal(loginState: LoginState): Promise<string>;
  /**
   * Opens one, for one caller at a time: whoever comes with it again meanwhile finds it `spent`, and everybody from
   * then on unless it is given back. `expired`: too old, or none of ours.
   */
  consume(sealed: string | undefined): Promise<LoginState | 'expired' | 'used'>;
  /** Nothing came of it: it may be tried again, a few times. */
  release(loginState: LoginState): void;
}

/** `key` has 256 bits, and is the same in every gateway that the provider may lead a browser back to. */
export function createLoginStates({ key, now }: { key: Uint8Array; now: Clock['now'] }): LoginStates {
  /** States of those that were taken, and when they expire, the oldest first. */
  const used = new Map<string, number>();
  const attempts = new Map<string, number>();

  function purgeExpired(): void {
    for (const [state, expiresAt] of used) {
      if (expiresAt > now()) return;
      used.delete(state);
      attempts.delete(state);
    }
  }

  async function unseal(sealed: string): Promise<LoginState | null> {
    try {
      const { payload } = await jwtDecrypt(sealed, key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        requiredClaims: ['exp'],
        currentDate: new Date(now()),
      });
      return loginStateSchema.parse(payload);
    } catch {
      return null;
    }
  }

  return {
    seal: (loginState) =>
      new EncryptJWT({ ...loginState })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(new Date(now() + LOGIN_STATE_TTL_MS))
        .encrypt(key),
    async consume(sealed) {
      const loginState = sealed === undefined ? null : await unseal(sealed);
      if (loginState === null) return 'expired';
      purgeExpired();
      if (used.has(loginState.state)) return 'used';
      used.set(loginState.state, now() + LOGIN_STATE_TTL_MS);
      return loginState;
    },
    release({ state }) {
      const attemptCount = (attempts.get(state) ?? 0) + 1;
      attempts.set(state, attemptCount);
      if (attemptCount < MAX_ATTEMPTS) used.delete(state);
    },
  };
}
