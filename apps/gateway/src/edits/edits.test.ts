import type { EditRecord } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { openTestIdentity } from '../testing/open-test-identity.ts';
import { createAuthorship } from './authorship.ts';
import { createJournal } from './journal.ts';

const KEEP_MS = 1_000_000;
const presence = (message: string) => ({ state: 'away' as const, subtype: 'Lunch', message });

function journalOf({ store, clock }: Pick<ReturnType<typeof openTestIdentity>, 'store' | 'clock'>) {
  return createJournal({ db: store.db, now: () => clock.now, keepMs: KEEP_MS });
}
function edit(at: number, more: Partial<EditRecord> = {}): EditRecord {
  return { by: 'rita', at, from: presence('before'), to: presence('after\nall'), result: 'ok', ...more };
}

it('[WH4] keeps who set what, when, from what to what and what became of it, the newest first', () => {
  const identity = openTestIdentity();
  const journal = journalOf(identity);
  const [first, second] = [
    edit(identity.clock.now),
    edit(identity.clock.now, { by: 'alice', result: 'conflict' }),
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
  const last = { provider: 'CustomPresence:1101', presence: presence('mine'), by: 'alice', at };
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

it('[WH5] what was written through Lampboard has its author, and anything else was set on the telephone', () => {
  let now = 0;
  const { expect: expectWrite, attribute } = createAuthorship({ last: [], now: () => now });
  expectWrite('CustomPresence:1', presence('rita was here'), 'rita');
  expect(attribute('CustomPresence:1', presence('older, still on its way'))).toBeNull();
  expect(attribute('CustomPresence:1', presence('rita was here'))).toEqual({
    by: { kind: 'account', name: 'rita' },
    at: 0,
  });
  expect(attribute('CustomPresence:1', presence('from the telephone'))).toBeNull();
  expect(attribute('CustomPresence:1', presence('rita was here'))).toBeNull();
  expectWrite('CustomPresence:2', presence('never told'), 'rita');
  now = 60_000;
  expect(attribute('CustomPresence:2', presence('something else'))).toBeNull();
  expect(attribute('CustomPresence:2', presence('never told'))).toBeNull();
});

it('[WH5] an edit that Asterisk refused leaves the author before', () => {
  const { expect: expectWrite, attribute } = createAuthorship({ last: [], now: () => 0 });
  expectWrite('CustomPresence:1', presence('rita was here'), 'rita');
  const withdraw = expectWrite('CustomPresence:1', presence('refused'), 'bob');
  withdraw();
  expect(attribute('CustomPresence:1', presence('rita was here'))?.by).toEqual({
    kind: 'account',
    name: 'rita',
  });
  expectWrite('CustomPresence:2', presence('refused'), 'bob')();
  expect(attribute('CustomPresence:2', presence('refused'))).toBeNull();
});

it('[WH5] what still stands after a restart has the author that the journal knows', () => {
  const last = { provider: 'CustomPresence:1', presence: presence('still'), by: 'rita', at: 5 };
  const { attribute } = createAuthorship({ last: [last], now: () => 10_000 });
  expect(attribute('CustomPresence:1', presence('still'))).toEqual({
    by: { kind: 'account', name: 'rita' },
    at: 5,
  });
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
