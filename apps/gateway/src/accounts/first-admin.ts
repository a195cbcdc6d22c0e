import { randomBytes } from 'node:crypto';
import type { Account, Failure } from '@lampboard/protocol';
import { refuse } from '../refuse.ts';
import { sameSecret } from '../same-secret.ts';
import type { AccountAdmin } from './account-admin.ts';
import { tooMany } from './sign-in.ts';
import type { Throttle } from './throttle.ts';

/** `retryAfter`: seconds, where waiting helps. */
type Refusal = Failure & { readonly retryAfter?: number };

/** The way in where there is no account yet: one link, for one administrator, once. */
export interface FirstAdmin {
  /** What the link carries; null once there are accounts. A new one with each start. */
  readonly token: string | null;
  /** There is no account yet. */
  isNeeded(): boolean;
  /** Whether this is the link's token, counted like an attempt to sign in; whyever it is not, the answer is the same. */
  check(token: string, address: string): Promise<{ ok: true; value: null } | Refusal>;
  make(
    token: string,
    admin: { name: string; password: string; address: string },
  ): Promise<{ ok: true; value: Account } | Refusal>;
}

/** The link is good for a day. */
const VALID_MS = 24 * 3_600_000;

const USED = refuse(
  'used-link',
  'This link is cut short, was used already, is older than a day, or is not the one of Lampboard’s last start.',
);

export function createFirstAdmin({
  admin,
  throttle,
  isNeeded,
  now,
}: {
  admin: Pick<AccountAdmin, 'add'>;
  throttle: Throttle;
  /** There is nobody yet who could sign in. */
  isNeeded: () => boolean;
  /** Milliseconds since 1970. */
  now: () => number;
}): FirstAdmin {
  const token = isNeeded() ? randomBytes(24).toString('base64url') : null;
  const expiresAt = now() + VALID_MS;
  let isOpen = token !== null;

  const isValid = (given: string) =>
    isOpen && token !== null && now() < expiresAt && sameSecret(given, token) && isNeeded();

  const check: FirstAdmin['check'] = async (given, address) => {
    const attempt = { account: 'first administrator', address, isKnownHere: true };
    const wait = await throttle.attempt(attempt);
    if (wait !== null) return tooMany(wait);
    if (!isValid(given)) return USED;
    await throttle.succeeded(attempt);
    return { ok: true, value: null };
  };

  return {
    token,
    isNeeded,
    check,
    async make(given, { name, password, address }) {
      const checked = await check(given, address);
      if (!checked.ok) return checked;
      // Of two at once the other one may have come first.
      if (!isValid(given)) return USED;
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
