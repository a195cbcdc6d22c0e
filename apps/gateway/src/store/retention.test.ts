import { expect, it } from 'vitest';
import { createJournal } from '../edits/journal.ts';
import { openTestIdentity } from '../testing/open-test-identity.ts';
import { createRetention } from './retention.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const PRESENCE = { state: 'away' as const, subtype: '', message: '' };

function opened() {
  const identity = openTestIdentity({ idleMs: DAY_MS, maxMs: WEEK_MS });
  const { store, writer, clock, accounts, sessions } = identity;
  clock.now = 1000 * DAY_MS;
  const account = accounts.add({ name: 'rita', role: 'user', extensions: [], proof: 'password' });
  const token = sessions.begin(account?.id ?? 0, { address: '', browser: '' });
  const warned: unknown[] = [];
  const log = { warn: (...line: unknown[]) => void warned.push(line) };
  /** What a gateway does at its start, and every hour. */
  function start() {
    const retention = createRetention({ db: store.db, writer, now: () => clock.now, log });
    const journal = createJournal({ db: store.db, writer, now: retention.now, keepMs: WEEK_MS });
    function sweep(): void {
      retention.note();
      sessions.sweep(retention.now());
      journal.sweep();
    }
    sweep();
    return { journal, sweep };
  }
  const edit = () => ({
    by: 'rita',
    planned: false,
    at: clock.now,
    from: PRESENCE,
    to: PRESENCE,
    back: null,
    result: 'ok' as const,
  });
  const { journal } = start();
  journal.record('1101@default', null, edit());
  return { clock, start, sessions, token, warned, edits: () => start().journal.list('1101@default').length };
}

it('[ST7] a clock that is 120 days ahead at one start removes neither edits nor sessions', () => {
  const { clock, start, sessions, token, warned, edits } = opened();
  clock.now += 120 * DAY_MS;
  const { sweep } = start();
  sweep();
  expect(warned).toHaveLength(1);
  clock.now += 2 * DAY_MS;
  start();
  clock.now -= 122 * DAY_MS - 3_600_000;
  expect(edits()).toBe(1);
  expect(sessions.resolve(token)?.account.name).toBe('rita');
});

it('[ST7] a clock that jumps while the gateway runs removes nothing either', () => {
  const { clock, start, edits } = opened();
  const { sweep } = start();
  clock.now += 3_600_000;
  sweep();
  clock.now += 400 * DAY_MS;
  sweep();
  clock.now -= 400 * DAY_MS;
  expect(edits()).toBe(1);
});

it('[ST7] after three days the clock is believed, and what has run out is removed', () => {
  const { clock, start, edits } = opened();
  clock.now += 120 * DAY_MS;
  const { sweep } = start();
  clock.now += 3 * DAY_MS;
  sweep();
  expect(edits()).toBe(0);
});

it('[ST7] while it runs from day to day, what has run out is removed in time', () => {
  const { clock, start, edits } = opened();
  const { sweep } = start();
  for (let hours = 0; hours <= 7 * 24; hours += 1) {
    clock.now += 3_600_000;
    sweep();
  }
  expect(edits()).toBe(0);
});

it('[ST7] a session begun by a clock that was wrong does not outlive its correction', () => {
  const { clock, sessions, token } = opened();
  const id = sessions.resolve(token)?.account.id ?? 0;
  clock.now += 120 * DAY_MS;
  const ahead = sessions.begin(id, { address: '', browser: '' });
  expect(sessions.resolve(ahead)).not.toBeNull();
  clock.now -= 120 * DAY_MS;
  expect(sessions.resolve(ahead)).toBeNull();
});
