import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Me, SessionInfo } from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import { ACCOUNT_COLUMNS, type StoredAccount, accountOf } from '../accounts/stored-account.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import { prepareWrite, transaction } from '../store/transaction.ts';

/** Bytes of a session's token; OWASP asks for 16 at least. */
const TOKEN_BYTES = 32;
/** An account is signed in at so many browsers at once, at most; the one unused for longest goes. */
const PER_ACCOUNT = 50;
/** Use is written down so seldom, in milliseconds; a shorter time without use counts more exactly. */
const NOTE_USE_MS = 60_000;
/** A session that began so far in the future, in milliseconds, was begun by a wrong clock. */
const AHEAD_MS = 86_400_000;

/** Somebody signed in, as of the moment it was looked up. */
export interface Session {
  readonly id: string;
  readonly account: StoredAccount;
  /** Where it was begun. */
  readonly address: string;
  /** When an open board has to look it up again, to keep it in use or because it has run out; milliseconds since 1970. */
  readonly dueAt: number;
}

export interface Sessions {
  /** Answers the token for the browser, which is kept nowhere else; the session that it replaces ends. */
  begin(accountId: number, from: { address: string; browser: string }, replaces?: Session | null): string;
  /** Whose token this is; null for one that is no session's, or not any more. It counts as use. */
  resolve(token: string): Session | null;
  /** The same by the session's public id. */
  find(id: string): Session | null;
  list(accountId: number, currentId: string): SessionInfo[];
  /** False where the account has no such session. */
  end(accountId: number, id: string): boolean;
  endAll(accountId: number, exceptId?: string): void;
  /** Removes what has expired by `at`, in milliseconds since 1970. */
  sweep(at: number): void;
}

export interface SessionsOptions {
  readonly db: Database.Database;
  readonly writer: Pick<StoreWriter, 'write'>;
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

export function createSessions({ db, writer, now, idleMs, maxMs, onChange }: SessionsOptions): Sessions {
  const columns = 'sessions.id AS session_id, started_at, used_at, address, browser';
  const select = `SELECT ${columns}, ${ACCOUNT_COLUMNS} FROM sessions JOIN accounts ON accounts.id = account_id`;
  const byToken = db.prepare(`${select} WHERE token_hash = ? AND disabled = 0`);
  const byId = db.prepare(`${select} WHERE sessions.id = ? AND disabled = 0`);
  const ofAccount = db.prepare(`${select} WHERE account_id = ? AND disabled = 0 ORDER BY used_at DESC`);
  const insert = prepareWrite(db, 'INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)');
  const noteUse = prepareWrite(db, 'UPDATE sessions SET used_at = ? WHERE id = ?');
  const deleteOne = prepareWrite(db, 'DELETE FROM sessions WHERE account_id = ? AND id = ?');
  const deleteOthers = prepareWrite(db, 'DELETE FROM sessions WHERE account_id = ? AND id <> ?');
  const deleteExpired = prepareWrite(db, 'DELETE FROM sessions WHERE used_at <= ? OR started_at <= ?');
  const deleteSurplus = prepareWrite(
    db,
    `DELETE FROM sessions WHERE id IN
     (SELECT id FROM sessions WHERE account_id = ? ORDER BY used_at DESC LIMIT -1 OFFSET ${PER_ACCOUNT})`,
  );
  const noteEveryMs = Math.min(NOTE_USE_MS, idleMs / 10);
  const expiryOf = (startedAt: number, usedAt: number) => Math.min(usedAt + idleMs, startedAt + maxMs);
  /** Use that the store may not know of yet, by the ids of sessions. */
  const uses = new Map<string, number>();
  /** Sessions as they were read last, by their ids: a store that can't be read signs nobody out. */
  const lastRead = new Map<string, unknown>();
  /** Ids of these, by the hashes of their tokens. */
  const ids = new Map<string, string>();

  function lookUp(knownId: string, read: () => unknown): Session | null {
    const session = sessionIn(orElse(read, lastRead.get(knownId)));
    if (session === null) lastRead.delete(knownId);
    return session;
  }

  function sessionIn(raw: unknown): Session | null {
    const found = aliveIn(raw);
    const account = accountOf(raw);
    if (found === null || account === null) return null;
    const { id, startedAt, usedAt, address } = found;
    const isDue = Math.abs(now() - usedAt) >= noteEveryMs;
    if (isDue) note(id);
    lastRead.set(id, raw);
    const dueAt = Math.min((isDue ? now() : usedAt) + noteEveryMs, startedAt + maxMs);
    return { id, account, address, dueAt };
  }

  /** The session in a row; null where it has run out, or began in a future that a wrong clock told of. */
  function aliveIn(raw: unknown) {
    if (raw === undefined) return null;
    const { session_id: id, started_at: startedAt, used_at, address, browser } = row.parse(raw);
    const usedAt = Math.max(used_at, uses.get(id) ?? 0);
    const isAlive = expiryOf(startedAt, usedAt) > now() && startedAt <= now() + AHEAD_MS;
    return isAlive ? { id, startedAt, usedAt, address, browser } : null;
  }

  function note(id: string): void {
    const at = now();
    uses.set(id, at);
    writer.write(
      'sessions',
      () => {
        noteUse.run(at, id);
        uses.delete(id);
      },
      `session ${id}`,
    );
  }

  return {
    begin(accountId, { address, browser }, replaces = null) {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const ended = transaction(db, () => {
        if (replaces !== null) deleteOne.run(replaces.account.id, replaces.id);
        insert.run(randomUUID(), hashOf(token), accountId, now(), now(), address, browser.slice(0, 200));
        return deleteSurplus.run(accountId).changes;
      });
      if (replaces !== null) lastRead.delete(replaces.id);
      if (ended > 0 || replaces !== null) onChange();
      return token;
    },
    resolve(token) {
      const hash = hashOf(token);
      const key = hash.toString('hex');
      // In a list: alone, bytes would be taken for named parameters.
      const session = lookUp(ids.get(key) ?? '', () => byToken.get([hash]));
      if (session === null) ids.delete(key);
      else ids.set(key, session.id);
      return session;
    },
    find: (id) => lookUp(id, () => byId.get(id)),
    list: (accountId, currentId) =>
      ofAccount
        .all(accountId)
        .flatMap((raw) => aliveIn(raw) ?? [])
        .map((found) => ({
          ...found,
          expiresAt: expiryOf(found.startedAt, found.usedAt),
          current: found.id === currentId,
        })),
    end(accountId, id) {
      const { changes } = deleteOne.run(accountId, id);
      lastRead.delete(id);
      onChange();
      return changes > 0;
    },
    endAll(accountId, exceptId = '') {
      deleteOthers.run(accountId, exceptId);
      for (const [id, raw] of lastRead)
        if (id !== exceptId && accountOf(raw)?.id === accountId) lastRead.delete(id);
      onChange();
    },
    sweep(at) {
      for (const [id, raw] of lastRead) if (aliveIn(raw) === null) lastRead.delete(id);
      for (const [key, id] of ids) if (!lastRead.has(id)) ids.delete(key);
      writer.write('retention', () => void deleteExpired.run(at - idleMs, at - maxMs), 'sessions');
    },
  };
}

/** What the page gets to know of it. */
export function meOf({ account: { id, name, role, extensions, proof } }: Pick<Session, 'account'>): Me {
  return { id, name, role, extensions: [...extensions], proof };
}

/** A token has 256 random bits: a fast hash is enough to keep a stolen store from signing anybody in. */
const hashOf = (token: string) => createHash('sha256').update(token).digest();

function orElse(read: () => unknown, otherwise: unknown): unknown {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
