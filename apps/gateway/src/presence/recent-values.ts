import { type RecentValues, presence } from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import { jsonColumn } from '../platform/store/json-column.ts';
import type { StoredAccount } from '../auth/stored-account.ts';

/** Number of newest edits to search. */
const SCAN_LIMIT = 300;
const MAX_RESULTS = 8;

/** Lists subtypes and messages of accepted edits, latest first; texts that an edit left unchanged don't count. */
export type ListRecentValues = (account: Pick<StoredAccount, 'id' | 'role'>) => RecentValues;

const row = z.object({ before: jsonColumn(presence), wanted: jsonColumn(presence) });

interface RecentValuesOptions {
  db: Database.Database;
  now: () => number;
  retentionMs: number;
  hideOthersMessages: boolean;
}

export function createRecentValues(options: RecentValuesOptions): ListRecentValues {
  const { db, now, retentionMs, hideOthersMessages } = options;
  const ofAccount = db.prepare(
    `SELECT before, wanted FROM
     (SELECT at, before, wanted FROM edits WHERE account_id = ? AND result = 'ok' ORDER BY id DESC LIMIT ${SCAN_LIMIT}) WHERE at > ?`,
  );
  const ofSite = db.prepare(
    `SELECT before, wanted FROM
     (SELECT at, before, wanted, result FROM edits ORDER BY id DESC LIMIT ${SCAN_LIMIT}) WHERE result = 'ok' AND at > ?`,
  );

  return ({ id, role }) => {
    const since = now() - retentionMs;
    const user = recentTexts(ofAccount.all(id, since));
    const site = recentTexts(ofSite.all(since));
    return { user, site: hideOthersMessages && role === 'user' ? { ...site, messages: [] } : site };
  };
}

function recentTexts(rows: readonly unknown[]): RecentValues['user'] {
  const edits = rows.map((raw) => row.parse(raw));
  function typedTexts(field: 'subtype' | 'message'): string[] {
    const changed = edits.filter(({ before, wanted }) => wanted[field] !== before[field]);
    const texts = changed.map(({ wanted }) => wanted[field]).filter((text) => text.trim() !== '');
    return [...new Set(texts)].slice(0, MAX_RESULTS);
  }
  return { subtypes: typedTexts('subtype'), messages: typedTexts('message') };
}
