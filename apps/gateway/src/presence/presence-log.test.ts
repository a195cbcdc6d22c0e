import { ONLY_PBX, type PresenceChange } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { createPresenceLog } from './presence-log.ts';

const RETENTION_MS = 1_000_000;
const presence = (message: string) => ({ state: 'away' as const, subtype: 'Lunch', message });

function openPresenceLog({ store, writer, clock }: ReturnType<typeof openTestAuth>) {
  return createPresenceLog({ db: store.db, writer, now: () => clock.now, retentionMs: RETENTION_MS });
}
const target = (exten: string, provider: string | null) => ({
  pbxId: ONLY_PBX,
  extension: `${exten}@default`,
  provider,
});
function createEntry(timestamp: number, overrides: Partial<PresenceChange> = {}): PresenceChange {
  return {
    actor: 'rita',
    isScheduled: false,
    timestamp,
    from: presence('before'),
    to: presence('after\nall'),
    returnTime: null,
    result: 'ok',
    ...overrides,
  };
}

it('[WH4] lists actor, time, change and result, newest first', () => {
  const auth = openTestAuth();
  const presenceLog = openPresenceLog(auth);
  const [first, second] = [
    createEntry(auth.clock.now, { returnTime: { at: 9_000_000, thenState: 'available' } }),
    createEntry(auth.clock.now, { actor: 'alice', isScheduled: true, result: 'conflict' }),
  ];
  presenceLog.record(target('1101', 'CustomPresence:1101'), first);
  presenceLog.record(target('1101', 'CustomPresence:1101'), second);
  presenceLog.record(target('1102', 'CustomPresence:1102'), first);
  expect(presenceLog.list('1101@default')).toEqual([second, first]);
});

it('[WH4] returns the last accepted edit of each provider', () => {
  const auth = openTestAuth();
  const presenceLog = openPresenceLog(auth);
  const timestamp = auth.clock.now;
  presenceLog.record(target('1101', 'CustomPresence:1101'), createEntry(timestamp));
  presenceLog.record(
    { ...target('1101', 'CustomPresence:1101'), extension: '1101@sales' },
    createEntry(timestamp, { actor: 'alice', to: presence('mine') }),
  );
  presenceLog.record(target('1101', 'CustomPresence:1101'), createEntry(timestamp, { result: 'timeout' }));
  // The provider of the same name at another PBX is another one.
  presenceLog.record({ ...target('1101', 'CustomPresence:1101'), pbxId: 'paris' }, createEntry(timestamp));
  const actor = { kind: 'account', name: 'alice' };
  const last = {
    provider: 'CustomPresence:1101',
    presence: presence('mine'),
    actor,
    setAt: timestamp,
    returnTime: null,
  };
  expect(presenceLog.last(ONLY_PBX)).toEqual([last]);
});

it('[WH4] removes entries after the retention time', () => {
  const auth = openTestAuth();
  const presenceLog = openPresenceLog(auth);
  presenceLog.record(target('1101', 'CustomPresence:1101'), createEntry(auth.clock.now));
  auth.clock.now += RETENTION_MS;
  expect(presenceLog.list('1101@default')).toEqual([]);
  expect(presenceLog.last(ONLY_PBX)).toEqual([]);
  presenceLog.purgeExpired();
  auth.clock.now -= RETENTION_MS;
  expect(presenceLog.list('1101@default')).toEqual([]);
});

it('[WH4] truncates texts to the length that Asterisk accepts', () => {
  const auth = openTestAuth();
  const presenceLog = openPresenceLog(auth);
  const long = { state: 'x'.repeat(9000), subtype: '😀'.repeat(9000), message: 'y'.repeat(9000) };
  presenceLog.record(
    target('1101', null),
    createEntry(auth.clock.now, { to: long, result: 'unknown-state' }),
  );
  const [stored] = presenceLog.list('1101@default');
  expect(Object.values(stored?.to ?? {}).map((text) => text.length)).toEqual([1022, 1022, 1022]);
});

it('[WH4] keeps at most a thousand edits of an extension, and removes none of others', () => {
  const auth = openTestAuth();
  const presenceLog = openPresenceLog(auth);
  presenceLog.record(target('1102', 'CustomPresence:1102'), createEntry(auth.clock.now));
  for (let count = 0; count < 1100; count++)
    presenceLog.record(target('1101', null), createEntry(auth.clock.now));
  const stored: unknown = auth.store.db.prepare('SELECT count(*) AS kept FROM edits').get();
  expect(stored).toMatchObject({ kept: 1001 });
  expect(presenceLog.list('1102@default')).toHaveLength(1);
});
