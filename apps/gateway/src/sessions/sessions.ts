import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Me, SessionInfo } from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import { ACCOUNT_COLUMNS, type StoredAccount, accountOf } from '../accounts/accounts.ts';

/** Bytes of a session's token; OWASP asks for 16 at least. */
const TOKEN_BYTES = 32;
/** An account is signed in at so many browsers at once, at most; the one unused for longest goes. */
const PER_ACCOUNT = 50;
/** Use is written down so seldom, in milliseconds; a shorter time without use counts more exactly. */
const NOTE_USE_MS = 60_000;

/** Somebody signed in, as of the moment it was looked up. */
export interface Session {
  readonly id: string;
  readonly account: StoredAccount;
  /** When an open board has to look it up again, to keep it in use or because it has run out; milliseconds since 1970. */
  readonly dueAt: number;
}

export interface Sessions {
  /** Answers the token for the browser, which is kept nowhere else. */
  begin(accountId: number, from: { address: string; browser: string }): string;
  /** Whose token this is; null for one that is no session's, or not any more. It counts as use. */
  resolve(token: string): Session | null;
  /** The same by the session's public id. */
  find(id: string): Session | null;
  list(accountId: number, currentId: string): SessionInfo[];
  /** False where the account has no such session. */
  end(accountId: number, id: string): boolean;
  endAll(accountId: number, exceptId?: string): void;
  /** Removes what has expired. */
  sweep(): void;
}

export interface SessionsOptions {
  readonly db: Database.Database;
  readonly now: () => number;
  /** Milliseconds without use, and in all, after which a session has ended. */
  readonly idleMs: number;
  readonly maxMs: number;
  readonly onChange: () => void;
}

const row = z.object({
  session_id: z.string(),
  started_at: z.number(),
  used_at: z.number(),
  address: z.string(),
  browser: z.string(),
});

export function createSessions({ db, now, idleMs, maxMs, onChange }: SessionsOptions): Sessions {
  const columns = 'sessions.id AS session_id, started_at, used_at, address, browser';
  const select = `SELECT ${columns}, ${ACCOUNT_COLUMNS} FROM sessions JOIN accounts ON accounts.id = account_id`;
  const alive = 'used_at > ? AND started_at > ? AND disabled = 0';
  const byToken = db.prepare(`${select} WHERE token_hash = ? AND ${alive}`);
  const byId = db.prepare(`${select} WHERE sessions.id = ? AND ${alive}`);
  const ofAccount = db.prepare(`${select} WHERE account_id = ? AND ${alive} ORDER BY used_at DESC`);
  const insert = db.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)');
  const noteUse = db.prepare('UPDATE sessions SET used_at = ? WHERE id = ?');
  const deleteOne = db.prepare('DELETE FROM sessions WHERE account_id = ? AND id = ?');
  const deleteOthers = db.prepare('DELETE FROM sessions WHERE account_id = ? AND id <> ?');
  const deleteExpired = db.prepare('DELETE FROM sessions WHERE used_at <= ? OR started_at <= ?');
  const deleteSurplus = db.prepare(
    `DELETE FROM sessions WHERE id IN
     (SELECT id FROM sessions WHERE account_id = ? ORDER BY used_at DESC LIMIT -1 OFFSET ${PER_ACCOUNT})`,
  );
  const noteEveryMs = Math.min(NOTE_USE_MS, idleMs / 10);
  const limits = () => [now() - idleMs, now() - maxMs] as const;
  const expiryOf = (startedAt: number, usedAt: number) => Math.min(usedAt + idleMs, startedAt + maxMs);

  /** A store that can't be read signs nobody in. */
  function lookUp(read: () => unknown): Session | null {
    try {
      return used(read());
    } catch {
      return null;
    }
  }

  function used(raw: unknown): Session | null {
    const account = accountOf(raw);
    if (account === null) return null;
    const { session_id: id, started_at: startedAt, used_at: usedAt } = row.parse(raw);
    const isDue = now() - usedAt >= noteEveryMs;
    if (isDue) note(id);
    return { id, account, dueAt: Math.min((isDue ? now() : usedAt) + noteEveryMs, startedAt + maxMs) };
  }

  function note(id: string): void {
    try {
      noteUse.run(now(), id);
    } catch {
      // On a full disk sessions run out by and by, and not at once.
    }
  }

  return {
    begin(accountId, { address, browser }) {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      insert.run(randomUUID(), hashOf(token), accountId, now(), now(), address, browser.slice(0, 200));
      if (deleteSurplus.run(accountId).changes > 0) onChange();
      return token;
    },
    resolve: (token) => lookUp(() => byToken.get(hashOf(token), ...limits())),
    find: (id) => lookUp(() => byId.get(id, ...limits())),
    list: (accountId, currentId) =>
      ofAccount.all(accountId, ...limits()).map((raw) => {
        const { session_id: id, started_at: startedAt, used_at: usedAt, address, browser } = row.parse(raw);
        const expiresAt = expiryOf(startedAt, usedAt);
        return { id, startedAt, usedAt, expiresAt, address, browser, current: id === currentId };
      }),
    end(accountId, id) {
      const { changes } = deleteOne.run(accountId, id);
      onChange();
      return changes > 0;
    },
    endAll(accountId, exceptId = '') {
      deleteOthers.run(accountId, exceptId);
      onChange();
    },
    sweep: () => void deleteExpired.run(...limits()),
  };
}

/** What the page gets to know of it. */
export function meOf({ account: { name, role, extensions, proof } }: Pick<Session, 'account'>): Me {
  return { name, role, extensions: [...extensions], proof };
}

/** A token has 256 random bits: a fast hash is enough to keep a stolen store from signing anybody in. */
const hashOf = (token: string) => createHash('sha256').update(token).digest();
