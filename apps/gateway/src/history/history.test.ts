import { testPbx } from '@lampboard/model/testing';
import { type Lamp, ONLY_PBX } from '@lampboard/protocol';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { createHistory } from './history.ts';
import { createExtension, createFakeBoard } from '../board/testing/fake-board.ts';

const DAY_MS = 86_400_000;
const ID = '1101@default';

interface StartOptions {
  allPbxIds: readonly string[];
  /** Those that are recorded. */
  pbxIds: readonly string[];
}

function open({ retentionMs = 7 * DAY_MS } = {}) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const warned: unknown[] = [];
  const log = { info: () => {}, warn: (about: object) => void warned.push(about) };
  const auth = openTestAuth({ log });
  const { clock } = auth;
  clock.now = 100 * DAY_MS;
  /** Starts a history on the store. */
  function start({
    store: { db },
    writer,
    allPbxIds = [ONLY_PBX],
    pbxIds = allPbxIds,
  }: Partial<StartOptions> & Pick<typeof auth, 'store' | 'writer'> = auth) {
    const board = createFakeBoard();
    const now = () => clock.now;
    const history = createHistory({ db, writer, pbxIds: allPbxIds, now, retentionNow: now, retentionMs });
    const stop = history.record({ board, pbxIds, mayWrite: () => true });
    onTestFinished(stop);
    const list = (id = ID) =>
      history.list(id).entries.map(({ startedAt, lamp, presence }) => [startedAt - T, lamp, presence]);
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
  const entries = () => tableRows('history').length + tableRows('history_current').length;
  return { ...auth, start, wait, warned, tableRows, entries, T };
}

it('[HI1] records lamp and presence of each extension with their times', () => {
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

it('[SN5] records the phone’s own state where its hint joins it with other devices', () => {
  const { start, wait } = open();
  const { board, list } = start();
  const phone = (lamp: Lamp, dnd: boolean) =>
    board.change({ table: 'extensions', op: 'patch', id: ID, fields: { phone: { lamp, dnd } } });
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

it('[HI1] records the last change within a second, and nothing unchanged', () => {
  const { start, wait, entries } = open();
  const { board, list } = start();
  board.live([createExtension('1101', 'idle')]);
  wait(2000);
  for (const lamp of ['ringing', 'in-use', 'on-hold'] as const) board.lamp('1101', lamp);
  wait(2000);
  board.presence('1101', 'available');
  board.change({ table: 'extensions', op: 'put', row: createExtension('1101', 'on-hold') });
  wait(2000);
  expect(list()).toEqual([
    [0, 'idle', 'available'],
    [2000, 'on-hold', 'available'],
  ]);
  expect(entries()).toBe(2);
});

it('[HI1] changes right before the stop are stored', () => {
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

it('[HI2] an outage makes the lamp unknown without a row for each extension; after it only differences are stored', () => {
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

it('[HI2] with several PBXs an outage of one does not touch the extensions of another', () => {
  const setup = open();
  const { start, wait } = setup;
  const allPbxIds = ['north', 'south'];
  const before = start();
  before.board.live([createExtension('1101', 'idle')]);
  wait(1000);
  before.stop();
  wait(1000);
  const { board, list, stop } = start({ ...setup, allPbxIds });
  const pbxs = allPbxIds.map((id) => testPbx(id));
  board.live(
    pbxs.map(({ id }) => ({ ...createExtension('1101', 'idle'), id: `${id}/${ID}` })),
    pbxs,
  );
  wait(2500);
  board.down('south');
  wait(60_000);
  stop();
  const { list: listAfterRestart } = start({ ...setup, allPbxIds });
  for (const entries of [list, listAfterRestart]) {
    expect(entries(`north/${ID}`)).toEqual([
      [2000, 'idle', 'available'],
      [64_500, 'unknown', 'available'],
    ]);
    expect(entries(`south/${ID}`)).toEqual([
      [2000, 'idle', 'available'],
      [4500, 'unknown', 'available'],
    ]);
  }
});

it('[HI2] two gateways, each of which follows one PBX, record into one store', () => {
  const setup = open();
  const { start, wait } = setup;
  const allPbxIds = ['north', 'south'];
  const gateways = allPbxIds.map((id) => ({ id, ...start({ ...setup, allPbxIds, pbxIds: [id] }) }));
  const [north, south] = gateways;
  for (const { id, board } of gateways) {
    board.live([{ ...createExtension('1101', 'idle'), id: `${id}/${ID}` }], [testPbx(id)]);
    wait(2500);
  }
  south?.board.down('south');
  wait(60_000);
  for (const { stop } of gateways) stop();
  expect(north?.list(`north/${ID}`)).toEqual([
    [0, 'idle', 'available'],
    [65_000, 'unknown', 'available'],
  ]);
  expect(south?.list(`south/${ID}`)).toEqual([
    [2500, 'idle', 'available'],
    [5000, 'unknown', 'available'],
  ]);
});

it('[HI2] the time without a running gateway is unknown, also after a crash', () => {
  const { start, wait, folder, clock } = open();
  const { board } = start();
  board.live([createExtension('1101', 'idle')]);
  wait(25_000);
  clock.now += 3_600_000;
  const restarted = start(openTestAuth({ folder, clock }));
  restarted.board.live([createExtension('1101', 'idle')]);
  clock.now += 10;
  expect(restarted.list()).toEqual([
    [0, 'idle', 'available'],
    [21_000, 'unknown', 'available'],
    [3_625_000, 'idle', 'available'],
  ]);
});

it('[HI2] the time in which the machine slept is unknown', () => {
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

it('[HI2] a removed extension is unknown, whether or not its removal was seen', () => {
  const { start, wait } = open();
  const { board, list, stop } = start();
  board.live([createExtension('1101', 'idle')]);
  wait(2000);
  board.change({ table: 'extensions', op: 'remove', id: ID });
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

it('[HI3] lists the retained days, with the state at their beginning', () => {
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
  expect(history.list('1199@default').entries).toEqual([]);
});

it('[HI3] without retention nothing is recorded, and stored entries are removed', () => {
  const setup = open();
  const { board, stop } = setup.start();
  board.live([createExtension('1101', 'idle')]);
  stop();
  expect(setup.entries()).toBe(1);
  const disabledBoard = createFakeBoard();
  const { store, writer } = setup;
  const now = () => 5;
  const disabled = createHistory({
    db: store.db,
    writer,
    pbxIds: [ONLY_PBX],
    now,
    retentionNow: now,
    retentionMs: 0,
  });
  disabled.record({ board: disabledBoard, pbxIds: [ONLY_PBX], mayWrite: () => true });
  disabledBoard.live([createExtension('1101', 'idle')]);
  expect(disabled.list(ID)).toEqual({ from: 5, retentionDays: 0, entries: [] });
  expect(setup.entries() + setup.tableRows('coverage').length).toBe(0);
});

it('[HI4] keeps the newest 500 entries of an extension, and 500 spans', () => {
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
  expect(tableRows('coverage')).toHaveLength(500);
});

it('[HI4] a store that can’t be written is logged once, and that time is unknown', () => {
  const { start, wait, store, warned } = open();
  const { board, list } = start();
  board.live([createExtension('1101', 'idle')]);
  wait(2000);
  store.db.exec('ALTER TABLE history_current RENAME TO elsewhere');
  board.lamp('1101', 'ringing');
  wait(5000);
  store.db.exec('ALTER TABLE elsewhere RENAME TO history_current');
  wait(5000);
  expect(list()).toEqual([
    [0, 'idle', 'available'],
    [1000, 'unknown', 'available'],
    [8000, 'ringing', 'available'],
  ]);
  expect(warned).toEqual([
    expect.objectContaining({ kind: 'history' }),
    expect.objectContaining({ kind: 'retention' }),
  ]);
});
