import { ONLY_PBX, type PresenceChange } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { createPresenceLog } from './presence-log.ts';

const RETENTION_MS = 1_000_000;
const presence = (message: string) => ({ state: 'away' as const, subtype: 'Lunch', message });

function setup() {
  const { store, writer, clock } = openTestAuth();
  const now = () => clock.now;
  const presenceLog = createPresenceLog({ db: store.db, writer, now, retentionMs: RETENTION_MS });
  /** Records an edit of the extension 1101; returns its entry. */
  function record(
    overrides: Partial<PresenceChange> = {},
    target: Partial<typeof TARGET> = {},
  ): PresenceChange {
    const [from, to] = [presence('before'), presence('after\nall')];
    const change = {
      actor: 'rita',
      isScheduled: false,
      timestamp: now(),
      from,
      to,
      returnTime: null,
    } as const;
    const entry = { ...change, result: 'ok', ...overrides } as const;
    presenceLog.record({ ...TARGET, ...target }, entry);
    return entry;
  }
  return { store, clock, presenceLog, record };
}
const TARGET = { pbxId: ONLY_PBX, extension: '1101@default', provider: 'CustomPresence:1101' };
const OF_1102 = { extension: '1102@default', provider: 'CustomPresence:1102' };

it('[WH4] lists actor, time, change and result, newest first', () => {
  const { presenceLog, record } = setup();
  const first = record({ returnTime: { at: 9_000_000, thenState: 'available' } });
  const second = record({ actor: 'alice', isScheduled: true, result: 'conflict' });
  record({}, OF_1102);
  expect(presenceLog.list('1101@default')).toEqual([second, first]);
});

it('[KN8] lists those of all numbers of an extension', () => {
  const { presenceLog, record } = setup();
  const first = record({}, { extension: '*801101@default' });
  const second = record();
  record({}, OF_1102);
  expect(presenceLog.list('1101@default', { aliases: ['*801101@default'] })).toEqual([second, first]);
});

it('[WH4] returns the last accepted edit of each provider', () => {
  const { clock, presenceLog, record } = setup();
  record();
  record({ actor: 'alice', to: presence('mine') }, { extension: '1101@sales' });
  record({ result: 'timeout' });
  // The provider of the same name at another PBX is another one.
  record({}, { pbxId: 'paris' });
  const actor = { kind: 'account', name: 'alice' };
  const last = { presence: presence('mine'), actor, setAt: clock.now, returnTime: null };
  expect(presenceLog.last(ONLY_PBX)).toEqual([{ provider: 'CustomPresence:1101', ...last }]);
});

it('[WH4] removes entries after the retention time', () => {
  const { clock, presenceLog, record } = setup();
  record();
  clock.now += RETENTION_MS;
  expect(presenceLog.list('1101@default')).toEqual([]);
  expect(presenceLog.last(ONLY_PBX)).toEqual([]);
  presenceLog.purgeExpired();
  clock.now -= RETENTION_MS;
  expect(presenceLog.list('1101@default')).toEqual([]);
});

it('[WH4] truncates texts to the length that Asterisk accepts', () => {
  const { presenceLog, record } = setup();
  const long = { state: 'x'.repeat(9000), subtype: '😀'.repeat(9000), message: 'y'.repeat(9000) };
  record({ to: long, result: 'unknown-state' });
  const [stored] = presenceLog.list('1101@default');
  expect(Object.values(stored?.to ?? {}).map((text) => text.length)).toEqual([1022, 1022, 1022]);
});

it('[WH4] keeps at most a thousand edits of an extension, and removes none of others', () => {
  const { store, presenceLog, record } = setup();
  record({}, OF_1102);
  for (let count = 0; count < 1100; count++) record();
  const stored: unknown = store.db.prepare('SELECT count(*) AS kept FROM edits').get();
  expect(stored).toMatchObject({ kept: 1001 });
  expect(presenceLog.list('1102@default')).toHaveLength(1);
});
