import { LIVE_PBX, fullList } from '../board/testing/fake-board.ts';
import { type ScheduledReturn, boardFromSnapshot } from '@lampboard/model';
import { testExtension } from '@lampboard/model/testing';
import { expect, it, beforeEach, onTestFinished, vi } from 'vitest';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { isReturnTimeAllowed, startReturnTimeScheduler } from './return-time-scheduler.ts';
import {
  type ReturnTime,
  type Failure,
  type Presence,
  type SetPresenceReply,
  presence as presenceSchema,
  samePresence,
} from '@lampboard/protocol';
import { createLiveBoard } from '../board/live-board.ts';
import { failure } from '../platform/failure.ts';

const AWAY: Presence = { state: 'away', subtype: 'Lunch', message: 'at the corner' };
const AVAILABLE: Presence = { state: 'available', subtype: '', message: '' };
const MINUTE = 60_000;
const clock = { now: () => Date.now(), monotonic: () => performance.now() };

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  onTestFinished(() => void vi.useRealTimers());
});

interface SetupOptions extends Partial<ReturnTime> {
  readonly failureCode?: Failure['code'] | null;
  readonly isStillAllowed?: () => boolean;
}

/** Starts a scheduler with a live board and an Asterisk that holds one presence. */
async function setup({ failureCode = null, isStillAllowed = () => true, ...options }: SetupOptions = {}) {
  const returnTime: ReturnTime = { at: Date.now() + MINUTE, thenState: 'available', ...options };
  const forbidden: string[] = [];
  const pbx = { stored: AWAY, live: true, failureCode, tries: 0, writes: [] as Presence[] };
  const board = createLiveBoard({
    pbxs: [LIVE_PBX],
    clock,
    findAttribution: (_, __, presence) =>
      samePresence(presence, AWAY)
        ? { actor: { kind: 'account', name: 'rita' }, setAt: 0, returnTime }
        : null,
  });
  const relist = () =>
    board.reset(LIVE_PBX, [
      fullList(new Map([['CustomPresence:1101', pbx.stored]])),
      { kind: 'link', link: { state: 'live' } },
    ]);
  const stop = startReturnTimeScheduler({
    board,
    isLive: () => pbx.live,
    isStillAllowed,
    onForbidden: ({ id }) => void forbidden.push(id),
    clock,
    log: { warn: () => {} },
    async edit({ presence, base }): Promise<SetPresenceReply> {
      pbx.tries += 1;
      if (pbx.failureCode !== null) return failure(pbx.failureCode, '');
      if (!samePresence(pbx.stored, base))
        return { ok: false, code: 'conflict', message: '', current: pbx.stored };
      pbx.stored = presenceSchema.parse(presence);
      pbx.writes.push(pbx.stored);
      return { ok: true, presence: pbx.stored };
    },
  });
  onTestFinished(stop);
  relist();
  await vi.advanceTimersByTimeAsync(0);
  return { pbx, relist, forbidden };
}

it('[RT2] sets the next state at that time, once', async () => {
  const { pbx } = await setup({ at: Date.now() + 10 * MINUTE });
  await vi.advanceTimersByTimeAsync(10 * MINUTE - 1);
  expect(pbx.writes).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(pbx.writes).toEqual([AVAILABLE]);
  // The board does not show it yet.
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(pbx.writes).toEqual([AVAILABLE]);
});

it('[RT2] a state that was due during an outage is set once the board is live', async () => {
  const { pbx, relist } = await setup();
  pbx.live = false;
  await vi.advanceTimersByTimeAsync(20 * MINUTE);
  expect(pbx.writes).toEqual([]);
  pbx.live = true;
  relist();
  await vi.advanceTimersByTimeAsync(0);
  expect(pbx.writes).toEqual([AVAILABLE]);
});

it('[RT2] a presence set since is kept, although the board does not show it yet', async () => {
  const { pbx } = await setup();
  pbx.stored = { state: 'dnd', subtype: '', message: 'on the phone' };
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(pbx.writes).toEqual([]);
  pbx.stored = AWAY;
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(pbx.writes).toEqual([]);
});

it('[RT2] retries if Asterisk did not respond', async () => {
  const { pbx } = await setup({ failureCode: 'timeout' });
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect(pbx.writes).toEqual([]);
  pbx.failureCode = null;
  await vi.advanceTimersByTimeAsync(2000);
  expect(pbx.writes).toEqual([AVAILABLE]);
});

it('[RT2] retries after a reconnect if Asterisk rejected it while shutting down', async () => {
  const { pbx, relist } = await setup({ failureCode: 'refused-by-asterisk' });
  await vi.advanceTimersByTimeAsync(20 * MINUTE);
  expect(pbx.tries).toBe(1);
  pbx.failureCode = null;
  relist();
  await vi.advanceTimersByTimeAsync(0);
  expect(pbx.writes).toEqual([AVAILABLE]);
});

it('[RT3] sets nothing without a next state', async () => {
  const { pbx } = await setup({ thenState: null });
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(pbx.writes).toEqual([]);
});

it('[RT2] a changed clock is detected within half a minute', async () => {
  const { pbx } = await setup({ at: Date.now() + 600 * MINUTE });
  vi.setSystemTime(Date.now() + 600 * MINUTE);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(pbx.writes).toEqual([AVAILABLE]);
});

it('[RT10] a return time that is no longer allowed is not applied, and one that failed is retried', async () => {
  const due = { at: Date.now() + MINUTE };
  const disallowed = await setup({ ...due, isStillAllowed: () => false });
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect(disallowed.pbx.tries).toBe(0);
  expect(disallowed.forbidden).toContain('1101@default');
  let failures = 2;
  const later = await setup({
    ...due,
    isStillAllowed() {
      failures -= 1;
      if (failures >= 0) throw new Error('the store can not be read');
      return true;
    },
  });
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(later.pbx.writes).toEqual([AVAILABLE]);
});

const ID = '1101@default';
const SETTINGS = { role: 'user' as const, extensions: [ID], disabled: false };

function setupAccount() {
  const { accounts, clock } = openTestAuth();
  const add = () => accounts.add({ name: 'Rita', ...SETTINGS, authMethod: 'password' })?.id ?? 0;
  const id = add();
  clock.now += 1000;
  const scheduled: ScheduledReturn = {
    id: ID,
    provider: 'CustomPresence:1101',
    presence: { state: 'away', subtype: '', message: '' },
    returnTime: { at: clock.now + 1000, thenState: 'available' },
    thenState: 'available',
    actorName: 'Rita',
    setAt: clock.now,
  };
  clock.now += 1000;
  const extension = testExtension('1101', { aliases: ['*801101@default'] });
  const board = boardFromSnapshot({
    epoch: '',
    seq: 0,
    time: 0,
    pbxs: [LIVE_PBX],
    extensions: [extension],
    calls: [],
  });
  return { accounts, add, id, isAllowed: () => isReturnTimeAllowed(scheduled, accounts, board) };
}

it('[RT10] [KN7] a scheduled return is allowed while its account may still set that presence', () => {
  const { accounts, id, isAllowed } = setupAccount();
  expect(isAllowed()).toBe(true);
  accounts.change(id, { ...SETTINGS, disabled: true });
  expect(isAllowed()).toBe(false);
  accounts.change(id, { ...SETTINGS, extensions: ['1102@default'] });
  expect(isAllowed()).toBe(false);
  accounts.change(id, { ...SETTINGS, extensions: ['*801101@default'] });
  expect(isAllowed()).toBe(true);
  accounts.change(id, { ...SETTINGS, role: 'receptionist', extensions: [] });
  expect(isAllowed()).toBe(true);
});

it('[VI6] a scheduled return is allowed while its account may still see the extension', () => {
  const { accounts, id, isAllowed } = setupAccount();
  const limitTo = (department: string) =>
    accounts.change(id, {
      ...SETTINGS,
      role: 'receptionist',
      extensions: [],
      limits: { pbxs: [], contexts: [], departments: [department] },
    });
  limitTo('Sales');
  expect(isAllowed()).toBe(true);
  limitTo('Support');
  expect(isAllowed()).toBe(false);
});

it('[RT10] it ends with its account, and another of the same name does not take it over', () => {
  const { accounts, add, id, isAllowed } = setupAccount();
  accounts.remove(id);
  expect(isAllowed()).toBe(false);
  add();
  expect(isAllowed()).toBe(false);
});
