import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Me, SessionInfo } from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import { ACCOUNT_COLUMNS, type StoredAccount, parseAccountRow } from './stored-account.ts';
import { tryOr } from '../platform/failure.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';
import { writePreparer, transaction } from '../platform/store/transaction.ts';

/** OWASP requires 16 at least. */
const TOKEN_BYTES = 32;
/** Beyond this, the least recently used session is removed. */
const MAX_SESSIONS_PER_ACCOUNT = 50;
/** Interval of storing that a session is in use. */
const TOUCH_INTERVAL_MS = 60_000;
/** A session that started further in the future was created by a wrong clock. */
const MAX_CLOCK_SKEW_MS = 86_400_000;

export interface Session {
  readonly id: string;
  readonly account: StoredAccount;
  /** The client's address at sign-in. */
  readonly address: string;
  /** When a connected client must look it up again, to touch it or since it has expired; milliseconds since 1970. */
  readonly revalidateAt: number;
}

export type Sessions = ReturnType<typeof createSessions>;

interface SessionsOptions {
  readonly db: Database.Database;
  readonly writer: Pick<StoreWriter, 'write'>;
  readonly now: () => number;
  /** Lifetime without use, and in all. */
  readonly idleMs: number;
  readonly maxMs: number;
  readonly onChange: () => void;
}

const row = z.object({
  sessionId: z.string(),
  startedAt: z.number(),
  usedAt: z.number(),
  address: z.string(),
  userAgent: z.string(),
});

export function createSessions({ db, writer, now, idleMs, maxMs, onChange }: SessionsOptions) {
  const prepareWrite = writePreparer(db);
  const columns =
    'sessions.id AS sessionId, started_at AS startedAt, used_at AS usedAt, address, browser AS userAgent';
  const select = `SELECT ${columns}, ${ACCOUNT_COLUMNS} FROM sessions JOIN accounts ON accounts.id = account_id`;
  const byToken = db.prepare(`${select} WHERE token_hash = ? AND disabled = 0`);
  const byId = db.prepare(`${select} WHERE sessions.id = ? AND disabled = 0`);
  const ofAccount = db.prepare(`${select} WHERE account_id = ? AND disabled = 0 ORDER BY used_at DESC`);
  const insert = prepareWrite('INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)');
  const updateUsedAt = prepareWrite('UPDATE sessions SET used_at = ? WHERE id = ?');
  const deleteOne = prepareWrite('DELETE FROM sessions WHERE account_id = ? AND id = ?');
  const deleteOthers = prepareWrite('DELETE FROM sessions WHERE account_id = ? AND id <> ?');
  const deleteExpired = prepareWrite('DELETE FROM sessions WHERE used_at <= ? OR started_at <= ?');
  const deleteSurplus = prepareWrite(`DELETE FROM sessions WHERE id IN
     (SELECT id FROM sessions WHERE account_id = ? ORDER BY used_at DESC LIMIT -1 OFFSET ${MAX_SESSIONS_PER_ACCOUNT})`);
  const touchIntervalMs = Math.min(TOUCH_INTERVAL_MS, idleMs / 10);
  const expiryOf = (startedAt: number, lastUsedAt: number) =>
    Math.min(lastUsedAt + idleMs, startedAt + maxMs);
  /** Times of use that may not be stored yet, by session id. */
  const pendingTouches = new Map<string, number>();
  /** By session id: a store that can't be read signs nobody out. */
  const cachedRows = new Map<string, unknown>();
  const idByTokenHash = new Map<string, string>();

  function loadSession(cachedId: string, read: () => unknown): Session | null {
    const session = parseSession(tryOr(read, cachedRows.get(cachedId)));
    if (session === null) cachedRows.delete(cachedId);
    return session;
  }

  function parseSession(raw: unknown): Session | null {
    const active = parseActiveSession(raw);
    const account = parseAccountRow(raw);
    if (active === null || account === null) return null;
    const { id, startedAt, lastUsedAt, address } = active;
    const isTouchDue = Math.abs(now() - lastUsedAt) >= touchIntervalMs;
    if (isTouchDue) touch(id);
    cachedRows.set(id, raw);
    const revalidateAt = Math.min((isTouchDue ? now() : lastUsedAt) + touchIntervalMs, startedAt + maxMs);
    return { id, account, address, revalidateAt };
  }

  /** Returns null for an expired session, and for one from the future. */
  function parseActiveSession(raw: unknown) {
    if (raw === undefined) return null;
    const { sessionId: id, startedAt, usedAt, address, userAgent } = row.parse(raw);
    const lastUsedAt = Math.max(usedAt, pendingTouches.get(id) ?? 0);
    const isActive = expiryOf(startedAt, lastUsedAt) > now() && startedAt <= now() + MAX_CLOCK_SKEW_MS;
    return isActive ? { id, startedAt, lastUsedAt, address, userAgent } : null;
  }

  function touch(id: string): void {
    const timestamp = now();
    pendingTouches.set(id, timestamp);
    writer.write(
      'sessions',
      () => {
        updateUsedAt.run(timestamp, id);
        pendingTouches.delete(id);
      },
      `session ${id}`,
    );
  }

  return {
    /** Returns the token for the browser, which is not stored; removes the previous session. */
    create(
      accountId: number,
      { address, userAgent }: { address: string; userAgent: string },
      previousSession: Session | null = null,
    ) {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const removedCount = transaction(db, () => {
        if (previousSession !== null) deleteOne.run(previousSession.account.id, previousSession.id);
        insert.run(randomUUID(), hashOf(token), accountId, now(), now(), address, userAgent.slice(0, 200));
        return deleteSurplus.run(accountId).changes;
      });
      if (previousSession !== null) cachedRows.delete(previousSession.id);
      if (removedCount > 0 || previousSession !== null) onChange();
      return token;
    },
    /** Finds the active session of a token, and touches it. */
    resolve(token: string): Session | null {
      const hash = hashOf(token);
      const key = hash.toString('hex');
      // In an array: a lone buffer would be taken for named parameters.
      const session = loadSession(idByTokenHash.get(key) ?? '', () => byToken.get([hash]));
      if (session === null) idByTokenHash.delete(key);
      else idByTokenHash.set(key, session.id);
      return session;
    },
    /** Finds an active session by its public id, and touches it. */
    find: (id: string): Session | null => loadSession(id, () => byId.get(id)),
    list: (accountId: number, currentId: string): SessionInfo[] =>
      ofAccount
        .all(accountId)
        .flatMap((raw) => parseActiveSession(raw) ?? [])
        .map((active) => ({
          ...active,
          expiresAt: expiryOf(active.startedAt, active.lastUsedAt),
          current: active.id === currentId,
        })),
    /** Returns false if the account has no such session. */
    revoke(accountId: number, id: string) {
      const { changes } = deleteOne.run(accountId, id);
      cachedRows.delete(id);
      onChange();
      return changes > 0;
    },
    revokeAll(accountId: number, exceptId = '') {
      deleteOthers.run(accountId, exceptId);
      for (const [id, raw] of cachedRows)
        if (id !== exceptId && parseAccountRow(raw)?.id === accountId) cachedRows.delete(id);
      onChange();
    },
    purgeExpired(timestamp: number) {
      for (const [id, raw] of cachedRows) if (parseActiveSession(raw) === null) cachedRows.delete(id);
      for (const [key, id] of idByTokenHash) if (!cachedRows.has(id)) idByTokenHash.delete(key);
      writer.write(
        'retention',
        () => void deleteExpired.run(timestamp - idleMs, timestamp - maxMs),
        'sessions',
      );
    },
  };
}

export function toMe({
  account: { id, name, role, extensions, limits, authMethod },
}: Pick<Session, 'account'>): Me {
  return { id, name, role, extensions: [...extensions], limits, authMethod };
}

/** A fast hash is enough for 256 random bits. */
const hashOf = (token: string) => createHash('sha256').update(token).digest();
