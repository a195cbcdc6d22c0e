import { expect, it } from 'vitest';
import { type Call, ONLY_PBX, type Presence } from '@lampboard/protocol';
import {
  applyDelta,
  type Board,
  boardFromSnapshot,
  commitChanges,
  copyBoard,
  toSnapshot,
} from './sync/board.ts';
import { advance } from './testing/advance.ts';
import { testPbx } from './testing/test-extension.ts';
import type { Attribution, Entry, FullList } from './extensions/facts.ts';
import { providerKey } from './extensions/hint.ts';
import { type Fact, reduce } from './reduce.ts';

const EMPTY: Board = {
  epoch: 'e1',
  seq: 0,
  pbxs: new Map([[ONLY_PBX, testPbx()]]),
  extensions: new Map(),
  calls: new Map(),
};
const hint = (exten: string, status = 0): Entry => ({
  kind: 'person',
  exten,
  context: 'default',
  hint: `PJSIP/${exten},CustomPresence:${exten}`,
  status,
});
const away: Presence = { state: 'away', subtype: 'Lunch', message: 'back at two' };

const fullList = (
  entries: Entry[],
  presences: [string, Presence][] = [],
  updatedDuringList: string[] = [],
): FullList => ({
  kind: 'full-list',
  entries,
  presences: new Map(presences),
  updatedDuringList: new Set(updatedDuringList),
});
const statusOf1101 = (status: number): Fact => ({ kind: 'status', id: '1101@default', status });
const presenceOf = (exten: string, presence: Presence, attribution: Attribution | null = null): Fact => ({
  kind: 'presence',
  provider: `CustomPresence:${exten}`,
  presence,
  attribution,
});
const listed = fullList([hint('1101'), hint('1102', 8)], [['CustomPresence:1101', away]]);
const twoExtensions = advance(EMPTY, [listed], 1000).board;
const returnTime = { at: 9000, thenState: 'available' } as const;
const rita = { kind: 'account', name: 'rita' } as const;
const setByRita: Attribution = { actor: rita, setAt: 2000, returnTime };
const extensionOf = (board: Board, id: string) => board.extensions.get(`${id}@default`);

it('[SY1] a list creates the board', () => {
  expect(extensionOf(twoExtensions, '1101')).toMatchObject({ lamp: 'idle', presence: away, lampSince: null });
  expect(extensionOf(twoExtensions, '1102')).toMatchObject({
    lamp: 'ringing',
    presence: { state: 'not_set' },
  });
});

it('[SY1] a later list changes what an entry is', () => {
  const slot: Entry = { exten: '70', context: 'default', hint: 'park:71@x', status: 0, kind: 'parking' };
  const lotAfter = (board: Board, entry: Entry) => advance(board, [fullList([entry])], 0).board;
  const lot = lotAfter(lotAfter(EMPTY, { ...slot, kind: 'other' }), { ...slot, lot: true });
  expect(extensionOf(lot, '70')).toMatchObject({ kind: 'parking', lot: true });
  expect(extensionOf(lotAfter(lot, slot), '70')?.lot).toBe(false);
});

it('[SY1] a hint without provider has no presence at all', () => {
  const { board } = advance(EMPTY, [fullList([{ ...hint('1113'), hint: 'PJSIP/1113' }])], 0);
  expect(extensionOf(board, '1113')).toMatchObject({ provider: null, presence: null });
});

it('[LM4] a list removes extensions that it lacks, and adds new ones', () => {
  const { board, changes } = advance(twoExtensions, [fullList([hint('1102', 8), hint('1103')])], 2000);
  expect([...board.extensions.keys()]).toEqual(['1102@default', '1103@default']);
  expect(changes.map((change) => change.op).toSorted()).toEqual(['put', 'remove']);
});

it('[KN8] an extension that becomes known by another of its numbers stays as it is', () => {
  const set = advance(twoExtensions, [presenceOf('1102', away, { ...setByRita, returnTime: null })], 2000);
  const named = advance(
    set.board,
    [
      { kind: 'person', id: '1102@default', name: 'Rita' },
      { kind: 'status', id: '1102@default', status: 1 },
    ],
    3000,
  );
  const { hint: devices } = hint('1102');
  const known: Entry = { ...hint('102', 1), hint: devices, aliases: [hint('1102', 1)] };
  const presences: [string, Presence][] = [['CustomPresence:1102', away]];
  const { board } = advance(named.board, [fullList([hint('1101'), known], presences)], 9000);
  expect(new Set(board.extensions.keys())).toEqual(new Set(['1101@default', '102@default']));
  expect(extensionOf(board, '102')).toEqual({
    ...extensionOf(named.board, '1102'),
    id: '102@default',
    exten: '102',
    aliases: ['1102@default'],
  });
  const after = advance(board, [fullList([hint('1101'), hint('1102', 1)], presences)], 9500);
  expect(extensionOf(after.board, '1102')).toMatchObject({ lampSince: 3000, person: { name: 'Rita' } });
});

it('[KN8] a number that another person has got brings nothing of the one before', () => {
  const other: Entry = { ...hint('1101'), hint: 'PJSIP/9,CustomPresence:9' };
  const known: Entry = { ...other, exten: '101', aliases: [other] };
  const { board } = advance(twoExtensions, [fullList([known])], 9000);
  expect(extensionOf(board, '101')).toMatchObject({
    person: { name: '101' },
    presence: { state: 'not_set' },
  });
});

it('[KN8] an unnamed extension that becomes known by another of its numbers shows that', () => {
  const known: Entry = { ...hint('1101'), exten: '101', aliases: [hint('1101')] };
  const { board } = advance(twoExtensions, [fullList([known])], 9000);
  expect(extensionOf(board, '101')?.person.name).toBe('101');
});

it('[LM3] a lamp is timestamped with the change that was seen', () => {
  const { board } = advance(twoExtensions, [statusOf1101(1)], 5000);
  expect(extensionOf(board, '1101')).toMatchObject({ lamp: 'in-use', lampSince: 5000 });
});

it('[RT1] a return time comes with the presence that it was set with, and goes with it', () => {
  const set = advance(twoExtensions, [presenceOf('1102', away, setByRita)], 2000);
  expect(extensionOf(set.board, '1102')).toMatchObject({ presence: away, returnTime });
  const changed = advance(set.board, [presenceOf('1102', { ...away, message: 'longer' })], 3000);
  expect(extensionOf(changed.board, '1102')).toMatchObject({
    returnTime: null,
    presenceSetBy: { kind: 'phone' },
  });
  expect(changed.changes).toHaveLength(1);
});

it('[RT1] the same presence set again may have another return time, and keeps its timestamp', () => {
  const before = advance(twoExtensions, [presenceOf('1102', away)], 1500).board;
  const { board, changes } = advance(before, [presenceOf('1102', away, setByRita)], 2500);
  expect(extensionOf(board, '1102')).toMatchObject({ returnTime, presenceSetAt: 1500 });
  expect(changes).toHaveLength(1);
  expect(advance(board, [presenceOf('1102', away, setByRita)], 2600).changes).toEqual([]);
});

it('[RT1] a list restores the return time of a presence that is still set', () => {
  const list = {
    ...fullList([hint('1101')], [['CustomPresence:1101', away]]),
    attributions: new Map([['CustomPresence:1101', setByRita]]),
  };
  expect(extensionOf(advance(EMPTY, [list], 0).board, '1101')).toMatchObject({ returnTime });
});

it('changes neither the board nor its extensions', () => {
  const before = structuredClone(twoExtensions);
  reduce(twoExtensions, ONLY_PBX, [statusOf1101(1), fullList([hint('1103')])], 2000);
  expect(twoExtensions).toEqual(before);
});

it('[SY4] facts that the board already shows change nothing', () => {
  const facts: Fact[] = [
    statusOf1101(0),
    presenceOf('1101', { ...away }),
    { kind: 'status', id: '9999@default', status: 1 },
  ];
  expect(advance(twoExtensions, facts, 2000)).toEqual({ board: twoExtensions, changes: [] });
});

it('[SY4] of many changes of one lamp only the last is sent', () => {
  const { changes } = advance(twoExtensions, [8, 1, 0, 8, 1].map(statusOf1101), 2000);
  const fields = { lamp: 'in-use', lampSince: 2000 };
  expect(changes).toEqual([{ table: 'extensions', op: 'patch', id: '1101@default', fields }]);
});

it('[SY5] an event received during a list outlives the list', () => {
  const ringing = advance(twoExtensions, [statusOf1101(8)], 2000).board;
  const updated = ['1101@default', providerKey('CustomPresence:1101')];
  const lateList = fullList([hint('1101', 0), hint('1102', 8)], [], updated);
  const { board } = advance(ringing, [lateList], 2001);
  expect(extensionOf(board, '1101')).toMatchObject({ lamp: 'ringing', presence: away });
});

it('[LM2] one presence provider may serve several hints', () => {
  const shared = { ...hint('1104'), hint: 'PJSIP/1104,CustomPresence:1101' };
  const { board } = advance(EMPTY, [fullList([hint('1101'), shared])], 0);
  const after = advance(board, [presenceOf('1101', away)], 1).board;
  expect(extensionOf(after, '1101')?.presence).toEqual(away);
  expect(extensionOf(after, '1104')?.presence).toEqual(away);
});

it('[SY2] the delta leads a copy to the same board', () => {
  const { board, changes } = advance(twoExtensions, [fullList([hint('1103', 1), hint('1102', 16)])], 3000);
  const copy = boardFromSnapshot(toSnapshot(twoExtensions, 0));
  const applied = applyDelta(copy, { epoch: board.epoch, seq: board.seq, changes });
  expect(applied).toEqual({ kind: 'applied', board });
});

it('[SY5] so does a lamp event received during a list that brings another provider', () => {
  const ringing = advance(twoExtensions, [statusOf1101(8)], 2000).board;
  const other = { ...hint('1101', 0), hint: 'PJSIP/1101,CustomPresence:other' };
  const { board } = advance(ringing, [fullList([other, hint('1102', 8)], [], ['1101@default'])], 2001);
  expect(extensionOf(board, '1101')).toMatchObject({
    lamp: 'ringing',
    lampSince: 2000,
    provider: 'CustomPresence:other',
  });
});

it('[WH5] a change made through Lampboard has its actor, every other one was made on the phone', () => {
  const dnd: Presence = { ...away, state: 'dnd' };
  const attribution = { actor: rita, setAt: 7, returnTime: null };
  const byRita = advance(twoExtensions, [presenceOf('1101', dnd, attribution)], 2000).board;
  expect(extensionOf(byRita, '1101')).toMatchObject({ presenceSetBy: rita, presenceSetAt: 2000 });
  const presenceSetBy = { kind: 'phone' };
  const onPhone = advance(byRita, [presenceOf('1101', away)], 3000).board;
  expect(extensionOf(onPhone, '1101')).toMatchObject({ presenceSetBy, presenceSetAt: 3000 });
  const list = fullList([hint('1101')], [['CustomPresence:1101', away]]);
  const after = advance(byRita, [list], 4000).board;
  expect(extensionOf(after, '1101')).toMatchObject({ presenceSetBy, presenceSetAt: 4000 });
});

it('[WH5] in the first list only a presence set through Lampboard has an actor and a time', () => {
  const attributions = new Map([['CustomPresence:1101', { actor: rita, setAt: 7, returnTime: null }]]);
  const list = { ...fullList([hint('1101'), hint('1102')]), attributions };
  const { board } = advance(EMPTY, [list], 5000);
  expect(extensionOf(board, '1101')).toMatchObject({ presenceSetBy: rita, presenceSetAt: 7 });
  expect(extensionOf(board, '1102')).toMatchObject({ presenceSetBy: null, presenceSetAt: null });
});

it('[SY1] a list of one PBX leaves the extensions of another one as they are', () => {
  const pbxs = new Map(['london', 'paris'].map((id) => [id, testPbx(id)]));
  let board: Board = { ...EMPTY, pbxs };
  const apply = (pbxId: string, facts: Fact[]) => {
    board = commitChanges(copyBoard(board), reduce(board, pbxId, facts, 0));
  };
  apply('london', [fullList([hint('1101'), hint('1102')])]);
  apply('paris', [fullList([hint('1101', 8)])]);
  expect([...board.extensions.keys()]).toEqual([
    'london/1101@default',
    'london/1102@default',
    'paris/1101@default',
  ]);
  apply('london', [fullList([hint('1102')])]);
  apply('paris', [
    presenceOf('1101', away),
    { kind: 'link', link: { state: 'down', since: 1, reason: 'unreachable' } },
  ]);
  expect([...board.extensions.keys()]).toEqual(['london/1102@default', 'paris/1101@default']);
  expect(board.extensions.get('paris/1101@default')).toMatchObject({ lamp: 'ringing', presence: away });
  expect([...board.pbxs.values()].map(({ link }) => link.state)).toEqual(['live', 'down']);
});

it('[CM11] the calls of a list replace those of its PBX, and no others', () => {
  const call = (id: string, state: Call['state']): Call => ({
    id,
    extensions: ['1101@default'],
    state,
    incoming: true,
    since: null,
    party: null,
  });
  const calls = [call('paris/1.1', 'ringing'), call('paris/1.2', 'talking'), call('london/1.1', 'talking')];
  const board: Board = { ...EMPTY, calls: new Map(calls.map((each) => [each.id, each])) };
  const next = [call('paris/1.2', 'talking'), call('paris/1.1', 'talking'), call('paris/1.3', 'ringing')];
  expect(reduce(board, 'paris', [{ kind: 'calls', calls: next }], 0)).toEqual([
    { table: 'calls', op: 'put', row: next[1] },
    { table: 'calls', op: 'put', row: next[2] },
  ]);
  expect(reduce(board, 'paris', [{ kind: 'calls', calls: [] }], 0)).toEqual([
    { table: 'calls', op: 'remove', id: 'paris/1.1' },
    { table: 'calls', op: 'remove', id: 'paris/1.2' },
  ]);
});
