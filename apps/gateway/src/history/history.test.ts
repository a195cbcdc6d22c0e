import type { Lamp } from '@lampboard/protocol';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type Auth, openAuth } from '../auth/auth.ts';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { createHistory } from './history.ts';
import { createExtension, createFakeBoard } from '../board/testing/fake-board.ts';

const DAY_MS = 86_400_000;
const ID = '1101@default';

function open({ retentionMs = 7 * DAY_MS } = {}) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const warned: unknown[] = [];
  const log = { info: () => {}, warn: (...line: unknown[]) => void warned.push(line) };
  const auth = openTestAuth({ log });
  const { clock } = auth;
  clock.now = 100 * DAY_MS;
  /** A gateway's history, as of a start with what the store holds. */
  function start({ store: { db }, writer }: Pick<Auth, 'store' | 'writer'> = auth) {
    const board = createFakeBoard();
    const history = createHistory({
      db,
      writer,
      now: () => clock.now,
      retentionNow: () => clock.now,
      retentionMs,
    });
    const stop = history.record(board);
    onTestFinished(stop);
    const list = () =>
      history.list(ID).entries.map(({ startedAt, lamp, presence }) => [startedAt - T, lamp, presence]);
    return { board, history, list, stop };
  }
  function wait(ms: number): void {
    for (let left = ms; left > 0; left -= 100) {
      clock.now += Math.min(left, 100);
      vi.advanceTimersByTime(Math.min(left, 100));
    }
  }
  const T = clock.now;
  const tableRows = (table: string) => auth.store.db.prepare(`SELECT * FROM ${table}`).all();
  const entries = () => tableRows('history').length + tableRows('history_now').length;
  return { ...auth, start, wait, warned, tableRows, entries, T };
}

it('[HI1] keeps lamp and presence of each extension, and since when they were so', () => {
  const { start, wait } = open();
  const { board, list } = start();
  board.live([createExtension('1101', 'idle'), createExtension('1102', 'idle')]);
  wait(5000);
  board.lamp('1101', 'ringing');
  board.lamp('1102', 'busy');
  wait(5000);
  board.presence('1101', 'away');
  expect(list()).toEqual([
    [0, 'idle', 'available'],
    [5000, 'ringing', 'available'],
    [10_000, 'ringing', 'away'],
  ]);
});

it('[SN5] keeps of a telephone that is joined with other devices what it does itself', () => {
  const { start, wait } = open();
  const { board, list } = start();
  const phone = (lamp: Lamp, dnd: boolean) => board.change({ kind: 'phone', id: ID, phone: { lamp, dnd } });
  board.live([{ ...createExtension('1101', 'idle'), phone: { lamp: 'idle', dnd: false } }]);
  wait(5000);
  board.lamp('1101', 'busy');
  phone('idle', true);
  wait(5000);
  phone('in-use', true);
  wait(5000);
  phone('idle', true);
  board.lamp('1101', 'idle');
  wait(5000);
  expect(list()).toEqual([
    [0, 'idle', 'available'],
    [10_000, 'in-use', 'available'],
    [15_000, 'idle', 'available'],
  ]);
});

it('[HI1] of what changes within a second the last is kept, and what does not change is not', () => {
  const { start, wait, entries } = open();
  const { board, list } = start();
  board.live([createExtension('1101', 'idle')]);
  wait(2000);
  for (const lamp of ['ringing', 'in-use', 'on-hold'] as const) board.lamp('1101', lamp);
  wait(2000);
  board.presence('1101', 'available');
  board.change({ kind: 'put', extension: createExtension('1101', 'on-hold') });
  wait(2000);
  expect(list()).toEqual([
    [0, 'idle', 'available'],
    [2000, 'on-hold', 'available'],
  ]);
  expect(entries()).toBe(2);
});

it('[HI1] what was heard just before the end is there after the next start', () => {
  const { start, wait } = open();
  const { board, stop } = start();
  board.live([createExtension('1101', 'idle')]);
  wait(1500);
  board.lamp('1101', 'ringing');
  wait(100);
  stop();
  expect(start().list()).toEqual([
    [0, 'idle', 'available'],
    [1500, 'ringing', 'available'],
    [1600, 'unknown', 'available'],
  ]);
});

it('[HI2] an outage makes the lamp unknown without a row for each extension; after it only differences are kept', () => {
  const { start, wait, entries } = open();
  const { board, list } = start();
  const others = Array.from({ length: 100 }, (_, index) => createExtension(`2${index}`, 'idle'));
  board.live([createExtension('1101', 'idle'), ...others]);
  wait(2500);
  board.down();
  wait(60_000);
  board.live([createExtension('1101', 'idle', 'dnd'), ...others]);
  wait(1000);
  expect(list()).toEqual([
    [0, 'idle', 'available'],
    [2500, 'unknown', 'available'],
    [62_500, 'idle', 'dnd'],
  ]);
  expect(entries()).toBe(102);
});

it('[HI2] the time in which the gateway was not running is unknown, also where it ended at once', () => {
  const { start, wait, folder, clock } = open();
  const { board } = start();
  board.live([createExtension('1101', 'idle')]);
  wait(25_000);
  const other = openAuth({
    folder,
    isDemo: false,
    session: { idleMs: 1, maxMs: 1 },
    publicUrl: null,
    now: () => clock.now,
    log: { info: () => {}, warn: () => {} },
  });
  onTestFinished(other.close);
  clock.now += 3_600_000;
  const restarted = start(other);
  restarted.board.live([createExtension('1101', 'idle')]);
  clock.now += 10;
  expect(restarted.list()).toEqual([
    [0, 'idle', 'available'],
    [21_000, 'unknown', 'available'],
    [3_625_000, 'idle', 'available'],
  ]);
});

it('[HI2] a machine that slept knows nothing of that time', () => {
  const { start, wait, clock } = open();
  const { board, list } = start();
  board.live([createExtension('1101', 'idle')]);
  wait(12_000);
  clock.now += 600_000;
  wait(1000);
  expect(list()).toEqual([
    [0, 'idle', 'available'],
    [11_000, 'unknown', 'available'],
    [613_000, 'idle', 'available'],
  ]);
});

it('[HI2] an extension that is gone is unknown, whoever saw it go', () => {
  const { start, wait } = open();
  const { board, list, stop } = start();
  board.live([createExtension('1101', 'idle')]);
  wait(2000);
  board.change({ kind: 'remove', id: ID });
  wait(2000);
  board.live([createExtension('1101', 'idle')]);
  wait(2000);
  expect(list()).toEqual([
    [0, 'idle', 'available'],
    [2000, 'unknown', null],
    [4000, 'idle', 'available'],
  ]);
  stop();
  const restarted = start();
  restarted.board.live([]);
  wait(2000);
  expect(restarted.list().at(-1)).toEqual([6000, 'unknown', null]);
});

it('[HI3] tells the days that are kept, and keeps what was so when they begin', () => {
  const { start, wait, clock, entries } = open();
  const { board, history } = start();
  board.live([createExtension('1101', 'idle'), createExtension('1102', 'idle')]);
  wait(2000);
  board.lamp('1101', 'ringing');
  wait(2000);
  board.lamp('1101', 'in-use');
  wait(2000);
  for (let day = 0; day < 8; day++) {
    clock.now += DAY_MS;
    wait(12_000);
  }
  const from = clock.now - 7 * DAY_MS;
  expect(history.list(ID)).toMatchObject({ from, retentionDays: 7 });
  expect(history.list(ID).entries[0]).toEqual({ startedAt: from, lamp: 'unknown', presence: 'available' });
  expect(history.list(ID).entries.at(-1)).toMatchObject({ lamp: 'in-use' });
  expect(entries()).toBe(2);
  expect(history.list('nobody@default').entries).toEqual([]);
});

it('[HI3] with no days nothing is kept, and what was kept before goes', () => {
  const setup = open();
  const { board, stop } = setup.start();
  board.live([createExtension('1101', 'idle')]);
  stop();
  expect(setup.entries()).toBe(1);
  const disabledBoard = createFakeBoard();
  const { store, writer } = setup;
  const disabled = createHistory({
    db: store.db,
    writer,
    now: () => 5,
    retentionNow: () => 5,
    retentionMs: 0,
  });
  disabled.record(disabledBoard);
  disabledBoard.live([createExtension('1101', 'idle')]);
  expect(disabled.list(ID)).toEqual({ from: 5, retentionDays: 0, entries: [] });
  expect(setup.entries() + setup.tableRows('followed').length).toBe(0);
});

it('[HI4] keeps some 500 entries of an extension, the newest, and as many spans', () => {
  const { start, wait, tableRows, entries } = open();
  const { board, history } = start();
  board.live([createExtension('1101', 'idle'), createExtension('1102', 'idle')]);
  for (let count = 0; count < 800; count++) {
    wait(1000);
    board.lamp('1101', count % 2 === 0 ? 'ringing' : 'idle');
  }
  wait(3000);
  expect(entries()).toBe(501);
  expect(history.list(ID).entries).toHaveLength(500);
  for (let count = 0; count < 600; count++) {
    board.down();
    wait(100);
    board.live([createExtension('1101', 'idle'), createExtension('1102', 'idle')]);
    wait(100);
  }
  wait(3000);
  expect(tableRows('followed')).toHaveLength(500);
});

it('[HI4] a store that can not be written is told once, and leaves the time unknown in which it could not', () => {
  const { start, wait, store, warned } = open();
  const { board, list } = start();
  board.live([createExtension('1101', 'idle')]);
  wait(2000);
  store.db.exec('ALTER TABLE history_now RENAME TO elsewhere');
  board.lamp('1101', 'ringing');
  wait(5000);
  store.db.exec('ALTER TABLE elsewhere RENAME TO history_now');
  wait(5000);
  expect(list()).toEqual([
    [0, 'idle', 'available'],
    [1000, 'unknown', 'available'],
    [8000, 'ringing', 'available'],
  ]);
  expect(warned).toHaveLength(1);
});
