import {
  type Back,
  type Failure,
  type Presence,
  type SetPresenceReply,
  presence as presenceSchema,
  samePresence,
} from '@lampboard/protocol';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { createLiveBoard } from '../pbx/live-board.ts';
import { refuse } from '../refuse.ts';
import { keepReturnTimes } from './keep-return-times.ts';

const AWAY: Presence = { state: 'away', subtype: 'Lunch', message: 'at the corner' };
const AVAILABLE: Presence = { state: 'available', subtype: '', message: '' };
const HINT = {
  exten: '1101',
  context: 'default',
  hint: 'PJSIP/1101,CustomPresence:1101',
  status: 0,
};
const MINUTE = 60_000;
const clock = { now: () => Date.now(), elapsed: () => performance.now() };

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  onTestFinished(() => void vi.useRealTimers());
});

/** A live board, and an Asterisk that holds one presence and takes what starts from it. */
async function keeping(
  back: Back | null,
  {
    refusal = null,
    mayStill = () => true,
  }: { refusal?: Failure['code'] | null; mayStill?: () => boolean } = {},
) {
  const forbidden: string[] = [];
  const pbx = { held: AWAY, live: true, refusal, tries: 0, writes: [] as Presence[] };
  const board = createLiveBoard({
    pbx: { version: null, demo: false },
    clock,
    attribute: (_, presence) =>
      samePresence(presence, AWAY) ? { by: { kind: 'account', name: 'rita' }, at: 0, back } : null,
  });
  const list = () =>
    board.restart({ version: null, demo: false }, [
      {
        kind: 'listed',
        hints: [HINT],
        presences: new Map([['CustomPresence:1101', pbx.held]]),
        newer: new Set(),
      },
      { kind: 'link', link: { state: 'live' } },
    ]);
  const stop = keepReturnTimes({
    board,
    isLive: () => pbx.live,
    mayStill,
    onForbidden: ({ id }) => void forbidden.push(id),
    clock,
    log: { warn: () => {} },
    async edit({ presence, base }): Promise<SetPresenceReply> {
      pbx.tries += 1;
      if (pbx.refusal !== null) return refuse(pbx.refusal, '');
      if (!samePresence(pbx.held, base))
        return { ok: false, code: 'conflict', message: '', current: pbx.held };
      pbx.held = presenceSchema.parse(presence);
      pbx.writes.push(pbx.held);
      return { ok: true, presence: pbx.held };
    },
  });
  onTestFinished(stop);
  list();
  await vi.advanceTimersByTimeAsync(0);
  return { pbx, list, forbidden };
}

it('[RT2] sets what is to follow at that very time, once', async () => {
  const { pbx } = await keeping({ at: Date.now() + 10 * MINUTE, next: 'available' });
  await vi.advanceTimersByTimeAsync(10 * MINUTE - 1);
  expect(pbx.writes).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(pbx.writes).toEqual([AVAILABLE]);
  // The board has not been told of it yet.
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(pbx.writes).toEqual([AVAILABLE]);
});

it('[RT2] what was due while nobody followed Asterisk is set once the board is live', async () => {
  const { pbx, list } = await keeping({ at: Date.now() + MINUTE, next: 'available' });
  pbx.live = false;
  await vi.advanceTimersByTimeAsync(20 * MINUTE);
  expect(pbx.writes).toEqual([]);
  pbx.live = true;
  list();
  await vi.advanceTimersByTimeAsync(0);
  expect(pbx.writes).toEqual([AVAILABLE]);
});

it('[RT2] what was set meanwhile stands, though the board has not heard of it', async () => {
  const { pbx } = await keeping({ at: Date.now() + MINUTE, next: 'available' });
  pbx.held = { state: 'dnd', subtype: '', message: 'on the telephone' };
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(pbx.writes).toEqual([]);
  pbx.held = AWAY;
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(pbx.writes).toEqual([]);
});

it('[RT2] is tried again where Asterisk did not answer', async () => {
  const { pbx } = await keeping({ at: Date.now() + MINUTE, next: 'available' }, { refusal: 'timeout' });
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect(pbx.writes).toEqual([]);
  pbx.refusal = null;
  await vi.advanceTimersByTimeAsync(2000);
  expect(pbx.writes).toEqual([AVAILABLE]);
});

it('[RT2] an Asterisk that refused it, since it was going down, is asked again once it is back', async () => {
  const refusal = 'refused-by-asterisk';
  const { pbx, list } = await keeping({ at: Date.now() + MINUTE, next: 'available' }, { refusal });
  await vi.advanceTimersByTimeAsync(20 * MINUTE);
  expect(pbx.tries).toBe(1);
  pbx.refusal = null;
  list();
  await vi.advanceTimersByTimeAsync(0);
  expect(pbx.writes).toEqual([AVAILABLE]);
});

it('[RT3] where nothing is to follow, nothing is set', async () => {
  const { pbx } = await keeping({ at: Date.now() + MINUTE, next: null });
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(pbx.writes).toEqual([]);
});

it('[RT2] a clock that is set meanwhile is noticed within half a minute', async () => {
  const { pbx } = await keeping({ at: Date.now() + 600 * MINUTE, next: 'available' });
  vi.setSystemTime(Date.now() + 600 * MINUTE);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(pbx.writes).toEqual([AVAILABLE]);
});

it('[RT10] one that nobody may carry out any more is not, and what went wrong is tried again', async () => {
  const back: Back = { at: Date.now() + MINUTE, next: 'available' };
  const gone = await keeping(back, { mayStill: () => false });
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect(gone.pbx.tries).toBe(0);
  expect(gone.forbidden).toContain('1101@default');
  let failures = 2;
  const later = await keeping(back, {
    mayStill() {
      failures -= 1;
      if (failures >= 0) throw new Error('the store can not be read');
      return true;
    },
  });
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(later.pbx.writes).toEqual([AVAILABLE]);
});
