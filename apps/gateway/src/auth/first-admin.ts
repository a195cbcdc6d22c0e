import { randomBytes } from 'node:crypto';
import type { Account } from '@lampboard/protocol';
import { DONE, failure } from '../platform/failure.ts';
import { secretsEqual } from '../platform/timing-safe-equal.ts';
import type { AccountAdmin } from './account-admin.ts';
import { type FailureWithRetry, tooManyAttempts } from './sign-in.ts';
import type { LoginLimiter } from './login-limiter.ts';

/** A single-use setup link that creates the first administrator. */
export type FirstAdmin = ReturnType<typeof createFirstAdmin>;

const LINK_VALID_MS = 24 * 3_600_000;

const LINK_EXPIRED = failure(
  'link-expired',
  'This link is incomplete, already used, older than a day, or from an earlier start of Lampboard.',
);

interface FirstAdminOptions {
  admin: Pick<AccountAdmin, 'add'>;
  loginLimiter: LoginLimiter;
  isNeeded: () => boolean;
  /** Milliseconds since 1970. */
  now: () => number;
}

export function createFirstAdmin({ admin, loginLimiter, isNeeded, now }: FirstAdminOptions) {
  const token = isNeeded() ? randomBytes(24).toString('base64url') : null;
  const expiresAt = now() + LINK_VALID_MS;
  let isOpen = token !== null;

  const isValid = (candidate: string) =>
    isOpen && token !== null && now() < expiresAt && secretsEqual(candidate, token) && isNeeded();

  async function check(candidate: string, address: string): Promise<typeof DONE | FailureWithRetry> {
    const loginAttempt = { account: 'first administrator', address, isKnownNetwork: true };
    const retryAfter = await loginLimiter.consume(loginAttempt);
    if (retryAfter !== null) return tooManyAttempts(retryAfter);
    if (!isValid(candidate)) return LINK_EXPIRED;
    await loginLimiter.recordSuccess(loginAttempt);
    return DONE;
  }

  return {
    /** The link's token, new with each start; null if there are accounts. */
    token,
    isNeeded,
    /** Checks a token; counts towards the login limit. */
    check,
    async create(
      candidate: string,
      { name, password, address }: { name: string; password: string; address: string },
    ): Promise<{ ok: true; value: Account } | FailureWithRetry> {
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
