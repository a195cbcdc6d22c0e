import type { EditRecord } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { openTestIdentity } from '../testing/open-test-identity.ts';
import { createJournal } from './journal.ts';

const KEEP_MS = 1_000_000;
const presence = (message: string) => ({ state: 'away' as const, subtype: 'Lunch', message });

function journalOf({ store, writer, clock }: ReturnType<typeof openTestIdentity>) {
  return createJournal({ db: store.db, writer, now: () => clock.now, keepMs: KEEP_MS });
}
function edit(at: number, more: Partial<EditRecord> = {}): EditRecord {
  return {
    by: 'rita',
    planned: false,
    at,
    from: presence('before'),
    to: presence('after\nall'),
    back: null,
    result: 'ok',
    ...more,
  };
}

it('[WH4] keeps who set what, when, from what to what and what became of it, the newest first', () => {
  const identity = openTestIdentity();
  const journal = journalOf(identity);
  const [first, second] = [
    edit(identity.clock.now, { back: { at: 9_000_000, next: 'available' } }),
    edit(identity.clock.now, { by: 'alice', planned: true, result: 'conflict' }),
  ];
  journal.record('1101@default', 'CustomPresence:1101', first);
  journal.record('1101@default', 'CustomPresence:1101', second);
  journal.record('1102@default', 'CustomPresence:1102', first);
  expect(journal.list('1101@default')).toEqual([second, first]);
});

it('[WH4] knows the last edit of each provider that Asterisk took', () => {
  const identity = openTestIdentity();
  const journal = journalOf(identity);
  const at = identity.clock.now;
  journal.record('1101@default', 'CustomPresence:1101', edit(at));
  journal.record('1101@sales', 'CustomPresence:1101', edit(at, { by: 'alice', to: presence('mine') }));
  journal.record('1101@default', 'CustomPresence:1101', edit(at, { result: 'timeout' }));
  const by = { kind: 'account', name: 'alice' };
  const last = { provider: 'CustomPresence:1101', presence: presence('mine'), by, at, back: null };
  expect(journal.last()).toEqual([last]);
});

it('[WH4] forgets after the time that is set', () => {
  const identity = openTestIdentity();
  const journal = journalOf(identity);
  journal.record('1101@default', 'CustomPresence:1101', edit(identity.clock.now));
  identity.clock.now += KEEP_MS;
  expect(journal.list('1101@default')).toEqual([]);
  expect(journal.last()).toEqual([]);
  journal.sweep();
  identity.clock.now -= KEEP_MS;
  expect(journal.list('1101@default')).toEqual([]);
});

it('[WH4] keeps of texts that Asterisk would never take no more than it could', () => {
  const identity = openTestIdentity();
  const journal = journalOf(identity);
  const long = { state: 'x'.repeat(9000), subtype: '😀'.repeat(9000), message: 'y'.repeat(9000) };
  journal.record('1101@default', null, edit(identity.clock.now, { to: long, result: 'unknown-state' }));
  const [kept] = journal.list('1101@default');
  expect(Object.values(kept?.to ?? {}).map((text) => text.length)).toEqual([1022, 1022, 1022]);
});

it('[WH4] keeps a thousand edits of an extension at most, and crowds out nobody else’s', () => {
  const identity = openTestIdentity();
  const journal = journalOf(identity);
  journal.record('1102@default', 'CustomPresence:1102', edit(identity.clock.now));
  for (let count = 0; count < 1100; count++) journal.record('1101@default', null, edit(identity.clock.now));
  const kept: unknown = identity.store.db.prepare('SELECT count(*) AS kept FROM edits').get();
  expect(kept).toMatchObject({ kept: 1001 });
  expect(journal.list('1102@default')).toHaveLength(1);
});
