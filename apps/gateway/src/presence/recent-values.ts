import { type RecentValues, presence } from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import { jsonColumn } from '../platform/store/json-column.ts';
import type { Sight, Viewer } from '@lampboard/model';

/** Number of newest edits to search. */
const SCAN_LIMIT = 300;
const MAX_RESULTS = 8;

/**
 * Lists subtypes and messages of accepted edits of visible extensions, latest first; texts that an edit left unchanged don't
 * count.
 */
export type ListRecentValues = (account: Viewer & { readonly id: number }) => RecentValues;

const row = z.object({ extension: z.string(), before: jsonColumn(presence), wanted: jsonColumn(presence) });

interface RecentValuesOptions {
  db: Database.Database;
  now: () => number;
  retentionMs: number;
  hideOthersMessages: boolean;
  /** Returns null for an account that sees everything. */
  sightOf: (viewer: Viewer) => Sight | null;
}

export function createRecentValues(options: RecentValuesOptions): ListRecentValues {
  const { db, now, retentionMs, hideOthersMessages, sightOf } = options;
  const ofAccount = db.prepare(
    `SELECT extension, before, wanted FROM
     (SELECT at, extension, before, wanted FROM edits WHERE account_id = ? AND result = 'ok' ORDER BY id DESC LIMIT ${SCAN_LIMIT}) WHERE at > ?`,
  );
  const ofSite = db.prepare(
    `SELECT extension, before, wanted FROM
     (SELECT at, extension, before, wanted, result FROM edits ORDER BY id DESC LIMIT ${SCAN_LIMIT}) WHERE result = 'ok' AND at > ?`,
  );

  return (account) => {
    const since = now() - retentionMs;
    const sight = sightOf(account);
    const visible = (rows: readonly unknown[]) =>
      rows
        .map((raw) => row.parse(raw))
        .filter(({ extension }) => sight === null || sight.visibleIds.has(extension));
    const user = recentTexts(visible(ofAccount.all(account.id, since)));
    const site = recentTexts(visible(ofSite.all(since)));
    return { user, site: hideOthersMessages && account.role === 'user' ? { ...site, messages: [] } : site };
  };
}

function recentTexts(edits: readonly z.infer<typeof row>[]): RecentValues['user'] {
  function typedTexts(field: 'subtype' | 'message'): string[] {
    const changed = edits.filter(({ before, wanted }) => wanted[field] !== before[field]);
    const texts = changed.map(({ wanted }) => wanted[field]).filter((text) => text.trim() !== '');
    return [...new Set(texts)].slice(0, MAX_RESULTS);
  }
  return { subtypes: typedTexts('subtype'), messages: typedTexts('message') };
}
