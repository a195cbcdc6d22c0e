import { createHash, randomBytes } from 'node:crypto';
import type Database from 'libsql';
import { z } from 'zod';
import { writePreparer } from '../platform/store/transaction.ts';

const TOKEN_BYTES = 32;
const DAY_MS = 86_400_000;

const row = z.object({ accountId: z.number(), expiresAt: z.number() });

/**
 * Invitations in the store: at most one for each account, with a hash of its token. Triggers of the store remove that of
 * an account whose password is set or that is disabled.
 */
export type InvitationStore = ReturnType<typeof createInvitationStore>;

export function createInvitationStore({ db, now }: { db: Database.Database; now: () => number }) {
  const prepareWrite = writePreparer(db);
  const byToken = db.prepare(
    'SELECT account_id AS accountId, expires_at AS expiresAt FROM invitations WHERE token_hash = ?',
  );
  const replace = prepareWrite('INSERT OR REPLACE INTO invitations VALUES (?, ?, ?)');
  const deleteOne = prepareWrite('DELETE FROM invitations WHERE account_id = ?');

  return {
    expiryAfter: (days: number) => now() + days * DAY_MS,
    /** Replaces the previous invitation of the account; returns the token. */
    create(accountId: number, expiresAt: number): string {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      replace.run(accountId, hashOf(token), expiresAt);
      return token;
    },
    /** Returns null for every token that is not valid, or not any more. */
    find(token: string) {
      // In an array: a lone buffer would be taken for named parameters.
      const raw = byToken.get([hashOf(token)]);
      if (raw === undefined) return null;
      const invitation = row.parse(raw);
      return invitation.expiresAt > now() ? invitation : null;
    },
    remove: (accountId: number) => void deleteOne.run(accountId),
  };
}

/** A fast hash is enough for 256 random bits. */
const hashOf = (token: string) => createHash('sha256').update(token).digest();
