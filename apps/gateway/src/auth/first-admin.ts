import { randomBytes } from 'node:crypto';
import type { Account, Failure } from '@lampboard/protocol';
import { failure } from '../platform/failure.ts';
import { secretsEqual } from '../platform/timing-safe-equal.ts';
import type { AccountAdmin } from './account-admin.ts';
import { tooManyAttempts } from './sign-in.ts';
import type { LoginLimiter } from './login-limiter.ts';

/** `retryAfter` in seconds. */
type FailureWithRetry = Failure & { readonly retryAfter?: number };

/** A single-use setup link that creates the first administrator. */
export interface FirstAdmin {
  /** The link's token, new with each start; null if there are accounts. */
  readonly token: string | null;
  isNeeded(): boolean;
  /** Checks a token; counts towards the login limit. */
  check(token: string, address: string): Promise<{ ok: true; value: null } | FailureWithRetry>;
  create(
    token: string,
    admin: { name: string; password: string; address: string },
  ): Promise<{ ok: true; value: Account } | FailureWithRetry>;
}

const LINK_VALID_MS = 24 * 3_600_000;

const LINK_EXPIRED = failure(
  'link-expired',
  'This link is incomplete, already used, older than a day, or from an earlier start of Lampboard.',
);

export function createFirstAdmin({
  admin,
  loginLimiter,
  isNeeded,
  now,
}: {
  admin: Pick<AccountAdmin, 'add'>;
  loginLimiter: LoginLimiter;
  isNeeded: () => boolean;
  /** Milliseconds since 1970. */
  now: () => number;
}): FirstAdmin {
  const token = isNeeded() ? randomBytes(24).toString('base64url') : null;
  const expiresAt = now() + LINK_VALID_MS;
  let isOpen = token !== null;

  const isValid = (candidate: string) =>
    isOpen && token !== null && now() < expiresAt && secretsEqual(candidate, token) && isNeeded();

  const check: FirstAdmin['check'] = async (candidate, address) => {
    const loginAttempt = { account: 'first administrator', address, isKnownNetwork: true };
    const retryAfter = await loginLimiter.consume(loginAttempt);
    if (retryAfter !== null) return tooManyAttempts(retryAfter);
    if (!isValid(candidate)) return LINK_EXPIRED;
    await loginLimiter.recordSuccess(loginAttempt);
    return { ok: true, value: null };
  };

  return {
    token,
    isNeeded,
    check,
    async create(candidate, { name, password, address }) {
      const checked = await check(candidate, address);
      if (!checked.ok) return checked;
      // A concurrent request may have used the link.
      if (!isValid(candidate)) return LINK_EXPIRED;
      isOpen = false;
      try {
        const added = await admin.add(name, password, { role: 'admin', extensions: [], disabled: false });
        // A rejected password does not use up the link.
        isOpen = !added.ok;
        return added;
      } catch (error) {
        isOpen = true;
        throw error;
      }
    },
  };
}
