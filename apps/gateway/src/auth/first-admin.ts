import { randomBytes } from 'node:crypto';
import type { Account, Failure } from '@lampboard/protocol';
import { failure } from '../platform/failure.ts';
import { secretsEqual } from '../platform/timing-safe-equal.ts';
import type { AccountAdmin } from './account-admin.ts';
import { tooManyAttempts } from './sign-in.ts';
import type { LoginLimiter } from './login-limiter.ts';

/** `retryAfter`: seconds, where waiting helps. */
type FailureWithRetry = Failure & { readonly retryAfter?: number };

/** The way in where there is no account yet: one link, for one administrator, once. */
export interface FirstAdmin {
  /** What the link carries; null once there are accounts. A new one with each start. */
  readonly token: string | null;
  /** There is no account yet. */
  isNeeded(): boolean;
  /** Whether this is the link's token, counted like an attempt to sign in; whyever it is not, the answer is the same. */
  check(token: string, address: string): Promise<{ ok: true; value: null } | FailureWithRetry>;
  create(
    token: string,
    admin: { name: string; password: string; address: string },
  ): Promise<{ ok: true; value: Account } | FailureWithRetry>;
}

/** The link is good for a day. */
const LINK_VALID_MS = 24 * 3_600_000;

const LINK_EXPIRED = failure(
  'link-expired',
  'This link is cut short, was used already, is older than a day, or is not the one of Lampboard’s last start.',
);

export function createFirstAdmin({
  admin,
  loginLimiter,
  isNeeded,
  now,
}: {
  admin: Pick<AccountAdmin, 'add'>;
  loginLimiter: LoginLimiter;
  /** There is nobody yet who could sign in. */
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
      // Of two at once the other one may have come first.
      if (!isValid(candidate)) return LINK_EXPIRED;
      isOpen = false;
      try {
        const added = await admin.add(name, password, { role: 'admin', extensions: [], disabled: false });
        // A password that was refused has not used up the link.
        isOpen = !added.ok;
        return added;
      } catch (error) {
        isOpen = true;
        throw error;
      }
    },
  };
}
