import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';

const LOGIN_STATE_TTL_MS = 10 * 60_000;
/** Failed attempts after which a state is used up. */
const MAX_ATTEMPTS = 3;

const loginStateSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  previousSessionId: z.string().nullable(),
});
export type LoginState = Readonly<z.infer<typeof loginStateSchema>>;

/** State of a sign-in at the provider, encrypted in a cookie; `key` has 256 bits and is shared by all gateways. */
export function createLoginStates({ key, now }: { key: Uint8Array; now: Clock['now'] }) {
  /** Expiry by state, the oldest first. */
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
    seal: (loginState: LoginState): Promise<string> =>
      new EncryptJWT({ ...loginState })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(new Date(now() + LOGIN_STATE_TTL_MS))
        .encrypt(key),
    /** Decrypts a state, once unless it is released. `expired`: too old, or invalid. */
    async consume(sealed: string | undefined): Promise<LoginState | 'expired' | 'used'> {
      const loginState = sealed === undefined ? null : await unseal(sealed);
      if (loginState === null) return 'expired';
      purgeExpired();
      if (used.has(loginState.state)) return 'used';
      used.set(loginState.state, now() + LOGIN_STATE_TTL_MS);
      return loginState;
    },
    /** Allows another attempt after a failure, up to {@link MAX_ATTEMPTS}. */
    release({ state }: LoginState) {
      const attemptCount = (attempts.get(state) ?? 0) + 1;
      attempts.set(state, attemptCount);
      if (attemptCount < MAX_ATTEMPTS) used.delete(state);
    },
  };
}
