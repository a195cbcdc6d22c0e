import { linkOf } from '@lampboard/model';
import { LIVE_PBX } from '../board/testing/fake-board.ts';
import { type AmiClient, createAmiClient } from '@lampboard/ami';
import { type DemoPbx, startDemoPbx } from '@lampboard/demo-pbx';
import type { Presence, SetPresence } from '@lampboard/protocol';
import { afterEach, expect, it, vi } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { createEditPresence } from '../presence/set-presence.ts';
import { createAttributionTracker } from '../presence/attribution.ts';
import { startPauseDetector } from '../platform/pause-detector.ts';
import { createResyncSchedule } from './resync-schedule.ts';
import { createListLoader } from './list-loader.ts';
import { createLiveBoard } from '../board/live-board.ts';
import { createDisplayNames } from './display-names.ts';
import { createBoardSync } from './board-sync.ts';
import { createPhones } from './phones.ts';
import { createPresenceFunction } from './presence-function.ts';
import { BOARD_PROFILE } from './translate.ts';

const closables: { close(): unknown }[] = [];
afterEach(async () => {
  for (const closable of closables.splice(0).toReversed()) await closable.close();
});

const hint = (exten: string, context = 'default') => ({
  exten,
  context,
  hint: `PJSIP/${exten},CustomPresence:${exten}`,
});
const USER = { username: 'lampboard', secret: 'hush', read: ['call', 'system'], write: ['call'] };
const away = (message: string): Presence => ({ state: 'away', subtype: '', message });
const rita = { name: 'Rita', department: 'Sales', email: '', mobile: '' };
const base: Presence = { state: 'not_set', subtype: '', message: '' };

interface Site {
  readonly hints?: Parameters<typeof startDemoPbx>[0]['hints'];
  readonly user?: typeof USER;
  readonly contexts?: readonly string[];
  readonly before?: (pbx: DemoPbx) => void;
  /** Called with the answer to each list, before the board has it. */
  readonly onList?: (pbx: DemoPbx, action: string) => void;
}

/** Connects a board to a PBX, without the sockets to clients. */
async function connect(site: Site = {}) {
  const { hints = [hint('1101'), hint('1102')], user = USER, contexts, before, onList } = site;
  const pbx = await startDemoPbx({ hints, users: [user, { ...USER, username: 'control' }] });
  before?.(pbx);
  const clock = systemClock;
  const { now, monotonic } = clock;
  const returnTimeStore = { replace: () => true };
  const attribution = createAttributionTracker({ lastEdits: [], returnTimeStore, now });
  const board = createLiveBoard({
    pbxs: [LIVE_PBX],
    clock,
    findAttribution: (_, provider, presence) => attribution.findAttribution(provider, presence),
  });
  const client = createAmiClient({ host: '127.0.0.1', port: pbx.port, ...user, profile: BOARD_PROFILE });
  const sentActions: string[] = [];
  const ami: Pick<AmiClient, 'send' | 'list' | 'resetBackoff'> = {
    resetBackoff: client.resetBackoff,
    send(action) {
      sentActions.push(action['Action'] ?? '');
      return client.send(action);
    },
    async list(action) {
      sentActions.push(action['Action'] ?? '');
      const listed = await client.list(action);
      onList?.(pbx, action['Action'] ?? '');
      // What the PBX did comes before the answer to this.
      if (onList !== undefined) await client.send({ Action: 'Ping' });
      return listed;
    },
  };
  const presenceFunction = createPresenceFunction({ ami });
  const phones = createPhones({ ami, pbxId: LIVE_PBX.id });
  const displayNames = createDisplayNames({
    pbxId: LIVE_PBX.id,
    directory: ({ exten }) => (exten === '1102' ? rita : {}),
    ami,
    monotonic,
    onFacts: (facts) => board.apply(LIVE_PBX.id, facts),
  });
  const boardSync = createBoardSync({
    board,
    resyncSchedule: createResyncSchedule({ ...clock, ...client, bytesPerSecond: 5000 }),
    listLoader: createListLoader({
      pbxId: LIVE_PBX.id,
      ami,
      presenceFunction,
      phones,
      contexts: contexts ?? null,
      correctionOf: () => ({}),
    }),
    displayNames,
    ami,
    presenceFunction,
    phones,
    pbx: LIVE_PBX,
    readVersion: async () => '22',
    clock,
    log: { info: () => {}, warn: () => {} },
  });
  const pauseDetector = startPauseDetector(clock);
  closables.push(pbx, client, displayNames, boardSync, { close: pauseDetector.stop });
  client.start(boardSync);
  const { isLive } = boardSync;
  const { current } = board;
  const editPresence = createEditPresence({
    board: current,
    isLive,
    presenceFunction,
    attribution,
    pauseDetector,
    clock,
  });
  const edit = (command: SetPresence) => editPresence(command, { kind: 'account', name: 'rita' });
  const link = () => linkOf(current().pbxs.values());
  const extension = (id: string) => current().extensions.get(id);
  const ids = () => [...current().extensions.keys()].toSorted();
  const eventually = (check: () => void) => vi.waitFor(check, { timeout: 8000, interval: 5 });
  return { pbx, board, boardSync, sentActions, edit, link, extension, ids, eventually };
}

async function connectLive(site?: Site) {
  const connection = await connect(site);
  await connection.eventually(() => expect(connection.boardSync.isLive()).toBe(true));
  return connection;
}

it('[GW1] shows the hints of the contexts asked for, and no others', async () => {
  const { ids } = await connectLive({ hints: [hint('1101'), hint('2001', 'sales')], contexts: ['sales'] });
  expect(ids()).toEqual(['2001@sales']);
});

it('[GW3] names people by the directory, else by Asterisk, else by the number', async () => {
  const named = (exten: string, name: string) => ({ ...hint(exten), name });
  const hints = [named('1101', 'Ada Novak'), named('1102', 'Somebody else'), hint('1103')];
  const { extension, eventually } = await connectLive({ hints });
  await eventually(() => expect(extension('1101@default')?.person.name).toBe('Ada Novak'));
  expect(extension('1102@default')?.person).toMatchObject({ name: 'Rita', department: 'Sales' });
  expect(extension('1103@default')?.person.name).toBe('1103');
});

it('[LM7] a reload that changes or removes a name is on the board', async () => {
  const hints = (name: string) => [{ ...hint('1101'), name }, hint('1103')];
  const { pbx, extension, eventually } = await connectLive({ hints: hints('Ada Novak') });
  await eventually(() => expect(extension('1101@default')?.person.name).toBe('Ada Novak'));
  pbx.reload(hints('Ada Lovelace'));
  await eventually(() => expect(extension('1101@default')?.person.name).toBe('Ada Lovelace'));
  pbx.reload(hints(''));
  await eventually(() => expect(extension('1101@default')?.person.name).toBe('1101'));
});

it('[SN6] phones that a hint joins with other devices are read by themselves', async () => {
  const hints = [{ ...hint('1101'), hint: 'PJSIP/1101&Custom:DND1101,CustomPresence:1101' }, hint('1102')];
  const { pbx, extension, eventually } = await connectLive({
    hints: [...hints, { ...hint('71'), hint: 'park:71@parkedcalls' }],
    before: (pbx) => {
      pbx.setDeviceState('PJSIP/1101', 'UNAVAILABLE');
      pbx.setDeviceState('Custom:DND1101', 'NOT_INUSE');
    },
  });
  const phone = { lamp: 'unavailable', dnd: false };
  expect(extension('1101@default')).toMatchObject({ lamp: 'idle', phone });
  expect(extension('1102@default')?.phone).toBeUndefined();
  expect(extension('71@default')?.phone).toBeNull();
  pbx.setDeviceState('Custom:DND1101', 'BUSY');
  await eventually(() => expect(extension('1101@default')?.phone).toEqual({ ...phone, dnd: true }));
  // The joined state stays the same, so no event announces it.
  pbx.setDeviceState('PJSIP/1101', 'NOT_INUSE');
  await eventually(() => expect(extension('1101@default')?.phone).toEqual({ lamp: 'idle', dnd: true }));
  pbx.setDeviceState('Custom:DND1101', 'NOT_INUSE');
  pbx.reload([{ ...hint('1101'), hint: 'PJSIP/1101' }, hint('1102')]);
  await eventually(() => expect(extension('1101@default')?.phone).toBeUndefined());
});

it('[KN2] [KN4] feature codes and intercom keys are no entries', async () => {
  const intercom = { ...hint('*801101'), hint: hint('1101').hint };
  const code = { ...hint('*961101'), hint: 'Custom:DEVCF1101' };
  const { pbx, ids, extension, eventually } = await connectLive({ hints: [hint('1101'), code] });
  expect(ids()).toEqual(['1101@default']);
  pbx.reload([hint('1101'), code, intercom]);
  await eventually(() => expect(extension('1101@default')?.aliases).toEqual(['*801101@default']));
  expect(ids()).toEqual(['1101@default']);
  pbx.setDeviceState('PJSIP/1101', 'INUSE');
  pbx.setDeviceState('Custom:DEVCF1101', 'INUSE');
  await eventually(() =>
    expect(extension('1101@default')).toMatchObject({
      lamp: 'in-use',
      phone: { forwarded: true },
    }),
  );
  expect(ids()).toEqual(['1101@default']);
});

it('[PF3] [PF8] features follow their events, on and off, without targets that may not be read', async () => {
  const { pbx, extension, eventually } = await connectLive();
  pbx.putDatabase('CF', '1101', '1102');
  const states = [
    ['BUSY', true],
    ['NOT_INUSE', false],
    ['INUSE', true],
    ['UNAVAILABLE', false],
  ] as const;
  for (const [state, isForwarded] of states) {
    pbx.setDeviceState('Custom:CF1101', state);
    await eventually(() => expect(extension('1101@default')?.phone?.forwarded ?? false).toBe(isForwarded));
    expect(extension('1101@default')?.phone).not.toHaveProperty('forwardedTo');
  }
  expect(extension('1102@default')?.phone).toBeUndefined();
});

it('[PF8] a call forward says where to, for accounts that may read AstDB', async () => {
  const user = { ...USER, write: ['call', 'reporting'] };
  const { pbx, extension, eventually } = await connectLive({ user });
  const hasTarget = (forwardedTo: string | undefined) =>
    eventually(() => {
      expect(extension('1101@default')?.phone).toMatchObject({ forwarded: true });
      expect(extension('1101@default')?.phone?.forwardedTo).toBe(forwardedTo);
    });
  const forwardTo = (target: string) => {
    pbx.setDeviceState('Custom:CF1101', 'UNAVAILABLE');
    pbx.putDatabase('CF', '1101', target);
    pbx.setDeviceState('Custom:CF1101', 'BUSY');
  };
  forwardTo('1102');
  await hasTarget('1102');
  forwardTo('00491701234567');
  await hasTarget('00491701234567');
  pbx.reload([hint('1101'), hint('1103')]);
  await hasTarget('00491701234567');
  forwardTo('no number');
  await hasTarget(undefined);
});

it('[LM4] a reload that removes one hint and adds another is on the board', async () => {
  const { pbx, ids, eventually } = await connectLive();
  pbx.reload([hint('1101'), hint('1103')]);
  await eventually(() => expect(ids()).toEqual(['1101@default', '1103@default']));
});

it('[LM4] a reload that removes the only hint sends no event, and is still detected', async () => {
  const { pbx, ids, eventually } = await connectLive({ hints: [hint('1101')] });
  pbx.reload([]);
  await eventually(() => expect(ids()).toEqual([]));
});

it('[LM4] a reload that removes a few of many hints is detected by the others, which it announces again', async () => {
  const many = Array.from({ length: 30 }, (_, index) => hint(String(1101 + index)));
  const { pbx, board } = await connectLive({ hints: many });
  const began = performance.now();
  pbx.reload(many.slice(1));
  await vi.waitFor(() => expect(board.current().extensions.has('1101@default')).toBe(false), { interval: 5 });
  // Sooner than the next periodic resync.
  expect(performance.now() - began).toBeLessThan(1000);
});

it('[PT5] reads a text in full that was set before, and one that is set after', async () => {
  const { pbx, extension, eventually } = await connectLive({
    before: (pbx) => pbx.setPresence('CustomPresence:1101', away('é'.repeat(200))),
  });
  expect(extension('1101@default')?.presence?.message).toBe('é'.repeat(200));
  pbx.setPresence('CustomPresence:1102', away(`${'x'.repeat(300)}!`));
  await eventually(() => expect(extension('1102@default')?.presence?.message).toBe(`${'x'.repeat(300)}!`));
});

it('[AM7] a long text whose end changes while events are untrusted is right in the end', async () => {
  const { pbx, extension, eventually } = await connectLive();
  const text = (end: string) => away(`${'x'.repeat(300)}${end}`);
  pbx.setPresence('CustomPresence:1101', text('before'));
  await eventually(() => expect(extension('1101@default')?.presence?.message).toContain('before'));
  // Its PresenceStatus taints the events right after it.
  pbx.setPresence('CustomPresence:1102', away('typed'));
  pbx.setPresence('CustomPresence:1101', text('after'));
  await eventually(() => expect(extension('1101@default')?.presence?.message).toContain('after'));
});

/** A caller ID may hold any text, which Asterisk relays without escapes. */
const call = (callerId: string) => `Event: Newchannel\r\nCallerIDNum: ${callerId}\r\nExten: 1101\r\n\r\n`;
const ringing = (exten: string) =>
  `\r\n\r\nEvent: ExtensionStatus\r\nExten: ${exten}\r\nContext: default\r\nHint: x\r\nStatus: 8\r\n`;
const LAMPS = [
  ['INUSE', 'in-use'],
  ['RINGING', 'ringing'],
  ['ONHOLD', 'on-hold'],
] as const;
const count = (actions: readonly string[], name: string) => actions.filter((one) => one === name).length;

it('[AM12] a lamp behind a stranger’s call is queried by itself, and a forged one is not trusted', async () => {
  const { pbx, board, sentActions, extension, eventually } = await connectLive();
  const lamps = new Set<unknown>();
  board.subscribe({ onDelta: () => lamps.add(extension('1102@default')?.lamp), onSnapshot: () => {} });
  const lists = count(sentActions, 'ExtensionStateList');
  for (const [state, lamp] of LAMPS) {
    pbx.injectRaw(call(ringing('1102')));
    pbx.setDeviceState('PJSIP/1101', state);
    pbx.injectRaw(call('1103'));
    await eventually(() => expect(extension('1101@default')?.lamp).toBe(lamp));
  }
  expect([...lamps]).toEqual(['idle']);
  expect(count(sentActions, 'ExtensionStateList')).toBe(lists);
});

it('[AM12] a presence behind a stranger’s call is read by itself', async () => {
  const { pbx, sentActions, extension, eventually } = await connectLive();
  const lists = count(sentActions, 'PresenceStateList');
  pbx.injectRaw(call('1103'));
  pbx.setPresence('CustomPresence:1101', away('Lunch'));
  await eventually(() => expect(extension('1101@default')?.presence).toEqual(away('Lunch')));
  expect(count(sentActions, 'PresenceStateList')).toBe(lists);
});

it.each(['ExtensionStateList', 'PresenceStateList', 'DeviceStateList'])(
  '[AM12] [PF3] changes behind a stranger’s call, right after the first %s, are on the board',
  async (name) => {
    const user = { ...USER, write: ['call', 'reporting'] };
    const onList = (pbx: DemoPbx, action: string) => {
      if (action !== name) return;
      pbx.injectRaw(call('1199'));
      pbx.setPresence('CustomPresence:1102', away('Lunch'));
      pbx.setDeviceState('PJSIP/1102', 'RINGING');
      pbx.putDatabase('CF', '1102', '1109');
      pbx.setDeviceState('Custom:CF1102', 'BUSY');
    };
    const { sentActions, extension, eventually } = await connectLive({ user, onList });
    const phone = { forwarded: true, forwardedTo: '1109' };
    await eventually(() =>
      expect(extension('1102@default')).toMatchObject({ lamp: 'ringing', phone, presence: away('Lunch') }),
    );
    expect(count(sentActions, 'DeviceStateList')).toBe(1);
  },
);

it('[AM12] whatever is forged, Asterisk gets few queries, and the board is right', async () => {
  const extensions = Array.from({ length: 200 }, (_, index) => String(1100 + index));
  const { pbx, board, sentActions, extension, eventually } = await connectLive({
    hints: extensions.map((exten) => hint(exten)),
  });
  for (let round = 0; round < 5; round += 1) {
    pbx.injectRaw(call(extensions.map(ringing).join('')));
    pbx.setDeviceState('PJSIP/1299', round % 2 === 0 ? 'INUSE' : 'ONHOLD');
    const lamp = round % 2 === 0 ? 'in-use' : 'on-hold';
    await eventually(() => expect(extension('1299@default')?.lamp).toBe(lamp));
  }
  expect([...board.current().extensions.values()].filter(({ lamp }) => lamp === 'ringing')).toEqual([]);
  expect(count(sentActions, 'ExtensionState')).toBeLessThanOrEqual(5 * 32);
}, 20_000);

it('[GW10] an account without permission to list is reported', async () => {
  const { link, eventually } = await connect({ user: { ...USER, write: [] } });
  await eventually(() => expect(link()).toMatchObject({ state: 'down', reason: 'permission-denied' }));
});

it('[WR3] edits of one person are serialized, and later ones are conflicts', async () => {
  const { pbx, edit } = await connectLive();
  const replies = await Promise.all(
    ['a', 'b', 'c'].map((message) => edit({ id: '1101@default', presence: away(message), base })),
  );
  expect(replies.map((reply) => (reply.ok ? 'ok' : reply.code))).toEqual(['ok', 'conflict', 'conflict']);
  expect(pbx.presence('CustomPresence:1101').message).toBe('a');
});

it('[ED6] an edit without a response from Asterisk in time fails, and is not made later', async () => {
  const { pbx, edit, boardSync, eventually } = await connectLive();
  pbx.pause();
  const reply = await edit({ id: '1101@default', presence: away('late'), base });
  expect(reply).toMatchObject({ ok: false, code: 'timeout' });
  pbx.resume();
  await eventually(() => expect(boardSync.isLive()).toBe(true));
  expect(pbx.presence('CustomPresence:1101').message).toBe('');
}, 15_000);

it('[TX1] unchanged texts stay as they were stored, to the last line break', async () => {
  const stored: Presence = { state: 'away', subtype: 'a\r\nb', message: 'c\r\nd' };
  const { pbx, edit } = await connectLive({
    before: (pbx) => pbx.setPresence('CustomPresence:1101', stored),
  });
  await edit({ id: '1101@default', presence: { ...stored, state: 'dnd', message: 'e\r\nf' }, base: stored });
  expect(pbx.presence('CustomPresence:1101')).toEqual({ state: 'dnd', subtype: 'a\r\nb', message: 'e\nf' });
});

it('[GW10] an account that receives no events is detected, and the board is not live', async () => {
  const user = { ...USER, read: ['system'] };
  const { pbx, link, extension, boardSync, eventually } = await connectLive({ user });
  pbx.setDeviceState('PJSIP/1101', 'INUSE');
  await eventually(() => expect(extension('1101@default')?.lamp).toBe('in-use'));
  pbx.setDeviceState('PJSIP/1101', 'RINGING');
  await eventually(() => expect(link()).toMatchObject({ reason: 'no-events' }));
  expect(boardSync.isLive()).toBe(false);
}, 20_000);

it('[GW10] an account with untrusted events alone is not taken for one without events', async () => {
  const { pbx, extension, boardSync, eventually } = await connectLive();
  for (const [state, lamp] of LAMPS) {
    pbx.setDeviceState('PJSIP/1101', state);
    await eventually(() => expect(extension('1101@default')?.lamp).toBe(lamp));
  }
  expect(boardSync.isLive()).toBe(true);
}, 20_000);
