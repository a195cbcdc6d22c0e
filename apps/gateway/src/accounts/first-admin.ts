import { randomBytes } from 'node:crypto';
import type { Account, Failure } from '@lampboard/protocol';
import { refuse } from '../refuse.ts';
import { sameSecret } from '../same-secret.ts';
import type { AccountAdmin } from './account-admin.ts';

/** The way in where there is no account yet: one link, for one administrator, once. */
export interface FirstAdmin {
  /** What the link carries; null once there are accounts. A new one with each start. */
  readonly token: string | null;
  make(token: string, name: string, password: string): Promise<{ ok: true; value: Account } | Failure>;
}

/** The link is good for a day. */
const VALID_MS = 24 * 3_600_000;

const USED = refuse(
  'used-link',
  'This link was used already, is older than a day, or is not the one of Lampboard’s last start. Restart Lampboard for a new one.',
);

export function createFirstAdmin({
  admin,
  isNeeded,
  now,
}: {
  admin: Pick<AccountAdmin, 'add'>;
  /** There is nobody yet who could sign in. */
  isNeeded: () => boolean;
  /** Milliseconds since 1970. */
  now: () => number;
}): FirstAdmin {
  const token = isNeeded() ? randomBytes(24).toString('base64url') : null;
  const expiresAt = now() + VALID_MS;
  let isOpen = token !== null;

  return {
    token,
    async make(given, name, password) {
      if (!isOpen || token === null || now() >= expiresAt || !sameSecret(given, token) || !isNeeded())
        return USED;
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
