import { expect, it } from 'vitest';
import { createPresenceLog } from '../../presence/presence-log.ts';
import { openTestAuth } from '../../auth/testing/open-test-auth.ts';
import { createRetentionClock } from './retention.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const PRESENCE = { state: 'away' as const, subtype: '', message: '' };

function opened() {
  const auth = openTestAuth({ idleMs: DAY_MS, maxMs: WEEK_MS });
  const { store, writer, clock, sessions } = auth;
  clock.now = 1000 * DAY_MS;
  auth.addAccount('rita');
  const token = auth.createSession('rita');
  const warned: unknown[] = [];
  const log = { warn: (...line: unknown[]) => void warned.push(line) };
  /** As at the start of a gateway, and every hour. */
  function start() {
    const retentionClock = createRetentionClock({ db: store.db, writer, now: () => clock.now, log });
    const { now } = retentionClock;
    const journal = createPresenceLog({ db: store.db, writer, now, retentionMs: WEEK_MS });
    function purgeExpired(): void {
      retentionClock.recordTime();
      sessions.purgeExpired(now());
      journal.purgeExpired();
    }
    purgeExpired();
    return { journal, purgeExpired };
  }
  const change = { from: PRESENCE, to: PRESENCE, returnTime: null, result: 'ok' } as const;
  start().journal.record(
    { pbxId: '', extension: '1101@default', provider: null },
    { actor: 'rita', isScheduled: false, timestamp: clock.now, ...change },
  );
  const edits = () => start().journal.list('1101@default').length;
  return { ...auth, start, token, warned, edits };
}

it('[ST7] a clock that is 120 days ahead at a start removes neither edits nor sessions', () => {
  const { clock, start, sessions, token, warned, edits } = opened();
  clock.now += 120 * DAY_MS;
  const { purgeExpired } = start();
  purgeExpired();
  expect(warned).toHaveLength(1);
  clock.now += 2 * DAY_MS;
  start();
  clock.now -= 122 * DAY_MS - 3_600_000;
  expect(edits()).toBe(1);
  expect(sessions.resolve(token)?.account.name).toBe('rita');
});

it('[ST7] a clock that jumps at run time removes nothing', () => {
  const { clock, start, edits } = opened();
  const { purgeExpired } = start();
  clock.now += 3_600_000;
  purgeExpired();
  clock.now += 400 * DAY_MS;
  purgeExpired();
  clock.now -= 400 * DAY_MS;
  expect(edits()).toBe(1);
});

it('[ST7] after three days the clock is trusted, and expired data is removed', () => {
  const { clock, start, edits } = opened();
  clock.now += 120 * DAY_MS;
  const { purgeExpired } = start();
  clock.now += 3 * DAY_MS;
  purgeExpired();
  expect(edits()).toBe(0);
});

it('[ST7] removes expired data while it runs', () => {
  const { clock, start, edits } = opened();
  const { purgeExpired } = start();
  for (let hours = 0; hours <= 7 * 24; hours += 1) {
    clock.now += 3_600_000;
    purgeExpired();
  }
  expect(edits()).toBe(0);
});

it('[ST7] a session with a start in the future ends when the clock is corrected', () => {
  const { clock, sessions, createSession } = opened();
  clock.now += 120 * DAY_MS;
  const futureToken = createSession('rita');
  expect(sessions.resolve(futureToken)).not.toBeNull();
  clock.now -= 120 * DAY_MS;
  expect(sessions.resolve(futureToken)).toBeNull();
});
