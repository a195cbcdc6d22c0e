import {
  type Failure,
  type Presence,
  type ReturnTime,
  type SetPresence,
  type SetPresenceReply,
  presence as presenceSchema,
  samePresence,
} from '@lampboard/protocol';
import { expect, it, vi } from 'vitest';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { createLiveBoard } from '../board/live-board.ts';
import { LIVE_PBX, fullList } from '../board/testing/fake-board.ts';
import { failure } from '../platform/failure.ts';
import { systemClock } from '../platform/clock.ts';
import { startDndFollower } from './dnd-follower.ts';
import { createDndStore } from './dnd-store.ts';

const ID = '1101@default';
const PROVIDER = 'CustomPresence:1101';
const AVAILABLE: Presence = { state: 'available', subtype: 'Room 3', message: 'Second floor' };
const DND: Presence = { ...AVAILABLE, state: 'dnd' };

/** Follows one phone of an Asterisk that holds one presence. */
async function setup(presence: Presence = AVAILABLE, returnTime: ReturnTime | null = null) {
  const {
    store: { db },
    writer,
  } = openTestAuth();
  const store = createDndStore({ db, writer });
  const asterisk = {
    presence,
    isLive: true,
    dnd: false,
    failure: null as Failure['code'] | null,
    /** The gateway is killed before it hears of its edit. */
    isKilled: false,
    writes: [] as Presence[],
  };
  const account = { actor: { kind: 'account', name: 'rita' } as const, setAt: 0, returnTime };
  const board = createLiveBoard({
    pbxs: [LIVE_PBX],
    clock: systemClock,
    findAttribution: () => (returnTime === null ? null : account),
  });
  const phoneNow = () => ({ lamp: 'idle', dnd: asterisk.dnd }) as const;
  function list(): void {
    const full = fullList(new Map([[PROVIDER, asterisk.presence]]));
    const entries = full.entries.map((entry) => ({ ...entry, phone: phoneNow() }));
    board.reset(LIVE_PBX, [{ ...full, entries }]);
  }

  async function edit({ presence: requested, base }: SetPresence): Promise<SetPresenceReply> {
    const replacement = presenceSchema.parse(requested);
    if (asterisk.failure !== null) return failure(asterisk.failure, '');
    if (!samePresence(asterisk.presence, base))
      return { ok: false, code: 'conflict', message: '', current: asterisk.presence };
    asterisk.writes.push(replacement);
    set(replacement);
    if (asterisk.isKilled) return new Promise(() => {});
    return { ok: true, presence: replacement };
  }

  function set(to: Presence): void {
    asterisk.presence = to;
    board.apply(LIVE_PBX.id, [{ kind: 'presence', provider: PROVIDER, presence: to }]);
  }

  let starts = 0;
  /** Starts a follower, as after a restart: the one before does nothing any longer. */
  function start(): void {
    const nth = (starts += 1);
    const isLive = () => asterisk.isLive && nth === starts;
    startDndFollower({ board, isLive, edit, store, log: { warn: () => {} } });
  }
  const known = (id: string) => ({
    async phone(dnd: boolean) {
      asterisk.dnd = dnd;
      board.apply(LIVE_PBX.id, [{ kind: 'phone', id, phone: phoneNow() }]);
      await vi.waitFor(() => expect(board.current().extensions.get(id)?.phone?.dnd).toBe(dnd));
    },
    /** Resolves once it is stored that the phone is on, with what was replaced; null: that it is off. */
    stored: (followed: object | null) =>
      vi.waitFor(() => expect(store.list()).toEqual(followed === null ? [] : [[id, followed]])),
  });
  list();
  return {
    asterisk,
    start,
    set,
    list,
    ...known(ID),
    /** Adds a number that becomes the extension's id. */
    rename(exten: string) {
      const full = fullList(new Map([[PROVIDER, asterisk.presence]]));
      const entries = full.entries.map((entry) => ({ ...entry, exten, phone: phoneNow(), aliases: [entry] }));
      board.apply(LIVE_PBX.id, [{ ...full, entries }]);
      return known(`${exten}@default`);
    },
    written: () => asterisk.writes.map(({ state }) => state),
  };
}

it('[DF1] follows on and off, and keeps the texts', async () => {
  const { start, phone, stored, asterisk } = await setup();
  start();
  await phone(true);
  await stored({ before: AVAILABLE, isDone: true });
  expect(asterisk.presence).toEqual(DND);
  await phone(false);
  await stored(null);
  expect(asterisk.presence).toEqual(AVAILABLE);
  expect(asterisk.writes).toEqual([DND, AVAILABLE]);
});

it('[DF1] [KN8] follows on when another number of the extension becomes its id', async () => {
  const { start, phone, stored, asterisk, rename } = await setup();
  start();
  await phone(true);
  await stored({ before: AVAILABLE, isDone: true });
  const renamed = rename('101');
  await renamed.stored({ before: AVAILABLE, isDone: true });
  await renamed.phone(false);
  await renamed.stored(null);
  expect(asterisk.writes).toEqual([DND, AVAILABLE]);
});

it('[DF1] a presence that was never set is Available afterwards', async () => {
  const { start, phone, stored, written } = await setup({ state: 'not_set', subtype: '', message: '' });
  start();
  await phone(true);
  await stored({ before: { state: 'not_set', subtype: '', message: '' }, isDone: true });
  await phone(false);
  await stored(null);
  expect(written()).toEqual(['dnd', 'available']);
});

it('[DF2] a gateway that starts again does neither twice, and makes good what it missed', async () => {
  const { start, phone, stored, list, written } = await setup();
  const stopped = { isDone: true, before: AVAILABLE };
  await phone(true);
  start();
  await stored(stopped);
  start();
  list();
  await stored(stopped);
  expect(written()).toEqual(['dnd']);
  await phone(false);
  await stored(null);
  expect(written()).toEqual(['dnd', 'available']);
});

it.each(['available', 'not_set'] as const)(
  '[DF2] a gateway killed while it sets the presence back to “%s” follows the next time',
  async (state) => {
    const { start, phone, stored, written, asterisk } = await setup({ ...AVAILABLE, state });
    start();
    await phone(true);
    await stored({ before: { ...AVAILABLE, state }, isDone: true });
    asterisk.isKilled = true;
    await phone(false);
    await vi.waitFor(() => expect(written()).toEqual(['dnd', 'available']));
    asterisk.isKilled = false;
    asterisk.isLive = false;
    await phone(true);
    asterisk.isLive = true;
    start();
    await stored({ before: AVAILABLE, isDone: true });
    expect(written()).toEqual(['dnd', 'available', 'dnd']);
  },
);

it.each(['available', 'away'] as const)(
  '[DF2] [DF3] “%s”, set while do not disturb is on, stays then and afterwards',
  async (state) => {
    const { start, phone, stored, set, list, written, asterisk } = await setup();
    start();
    await phone(true);
    await stored({ before: AVAILABLE, isDone: true });
    const theirs = { ...AVAILABLE, state };
    set(theirs);
    start();
    list();
    await phone(false);
    await stored(null);
    expect(written()).toEqual(['dnd']);
    expect(asterisk.presence).toEqual(theirs);
  },
);

it.each(['away', 'xa', 'chat', 'dnd', 'unavailable'] as const)('[DF3] does not replace %s', async (state) => {
  const { start, phone, stored, written } = await setup({ state, subtype: '', message: 'Lunch' });
  start();
  await phone(true);
  await stored({ before: null, isDone: true });
  await phone(false);
  await stored(null);
  expect(written()).toEqual([]);
});

it('[DF3] does not replace a presence with a return time, nor restore over one', async () => {
  const { start, phone, stored, written } = await setup(AVAILABLE, { at: 5, thenState: null });
  start();
  await phone(true);
  await stored({ before: null, isDone: true });
  expect(written()).toEqual([]);
});

it('[DF2] an outage delays it, and it is done once the link is back', async () => {
  const { start, phone, stored, list, written, asterisk } = await setup();
  start();
  asterisk.failure = 'link-down';
  await phone(true);
  await stored({ before: AVAILABLE, isDone: false });
  asterisk.failure = null;
  list();
  await stored({ before: AVAILABLE, isDone: true });
  asterisk.failure = 'link-down';
  await phone(false);
  asterisk.failure = null;
  asterisk.isLive = false;
  list();
  expect(written()).toEqual(['dnd']);
  asterisk.isLive = true;
  list();
  await stored(null);
  expect(written()).toEqual(['dnd', 'available']);
});

it('[DF3] what somebody sets at the same moment wins', async () => {
  const { start, phone, stored, written, asterisk } = await setup();
  start();
  asterisk.presence = { ...AVAILABLE, state: 'away' };
  await phone(true);
  await stored({ before: null, isDone: true });
  expect(written()).toEqual([]);
});
