import { type LastUsed, presence } from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import type { StoredAccount } from '../accounts/stored-account.ts';

/** So many of the newest edits are looked at; so many texts of each kind are told. */
const LOOK_AT = 300;
const TELL = 8;

/**
 * Subtypes and messages that were typed and that Asterisk took, the latest first. A text that stood there before, and
 * stayed, is not the editor's.
 */
export type ListLastUsed = (account: Pick<StoredAccount, 'id' | 'role'>) => LastUsed;

const row = z.object({ before: z.string(), wanted: z.string() });

export function createLastUsed({
  db,
  now,
  keepMs,
  hideMessages,
}: {
  db: Database.Database;
  now: () => number;
  /** Milliseconds after which an edit counts no more. */
  keepMs: number;
  /** Users are not told the messages of others. */
  hideMessages: boolean;
}): ListLastUsed {
  const ofAccount = db.prepare(
    `SELECT before, wanted FROM
     (SELECT at, before, wanted FROM edits WHERE account_id = ? AND result = 'ok' ORDER BY id DESC LIMIT ${LOOK_AT}) WHERE at > ?`,
  );
  const ofSite = db.prepare(
    `SELECT before, wanted FROM
     (SELECT at, before, wanted, result FROM edits ORDER BY id DESC LIMIT ${LOOK_AT}) WHERE result = 'ok' AND at > ?`,
  );

  return ({ id, role }) => {
    const keptFrom = now() - keepMs;
    const own = textsOf(ofAccount.all(id, keptFrom));
    const site = textsOf(ofSite.all(keptFrom));
    return { own, site: hideMessages && role === 'user' ? { ...site, messages: [] } : site };
  };
}

function textsOf(rows: readonly unknown[]): LastUsed['own'] {
  const used = rows.map((raw) => {
    const { before, wanted } = row.parse(raw);
    return { before: presence.parse(JSON.parse(before)), wanted: presence.parse(JSON.parse(wanted)) };
  });
  const typed = (text: 'subtype' | 'message') =>
    latest(
      used.filter(({ before, wanted }) => wanted[text] !== before[text]).map(({ wanted }) => wanted[text]),
    );
  return { subtypes: typed('subtype'), messages: typed('message') };
}

function latest(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text) => text.trim() !== ''))].slice(0, TELL);
}
