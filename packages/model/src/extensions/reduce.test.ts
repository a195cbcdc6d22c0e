import { expect, it } from 'vitest';
import { type Presence, samePresence } from '@lampboard/protocol';
import { applyDelta, type Board, boardFromSnapshot, toSnapshot } from '../sync/board.ts';
import type { Fact, HintState } from './facts.ts';
import { providerKey } from './hint.ts';
import { type AttributionLookup, reduce } from './reduce.ts';

const EMPTY: Board = {
  epoch: 'e1',
  seq: 0,
  pbx: { version: null, demo: false },
  link: { state: 'live' },
  extensions: new Map(),
};
const hint = (exten: string, status = 0): HintState => ({
  exten,
  context: 'default',
  hint: `PJSIP/${exten},CustomPresence:${exten}`,
  status,
});
const away: Presence = { state: 'away', subtype: 'Lunch', message: 'back at two' };

function fullList(
  hints: HintState[],
  presences: [string, Presence][] = [],
  updatedDuringList: string[] = [],
): Fact {
  return {
    kind: 'full-list',
    hints,
    presences: new Map(presences),
    updatedDuringList: new Set(updatedDuringList),
  };
}

const twoExtensions = reduce(
  EMPTY,
  [fullList([hint('1101'), hint('1102', 8)], [['CustomPresence:1101', away]])],
  1000,
).board;
const extensionOf = (board: Board, id: string) => board.extensions.get(`${id}@default`);

it('[SY1] a list makes the board', () => {
  expect(extensionOf(twoExtensions, '1101')).toMatchObject({ lamp: 'idle', presence: away, lampSince: null });
  expect(extensionOf(twoExtensions, '1102')).toMatchObject({
    lamp: 'ringing',
    presence: { state: 'not_set' },
  });
});

it('[SY1] a hint without provider has no presence at all', () => {
  const { board } = reduce(EMPTY, [fullList([{ ...hint('1113'), hint: 'PJSIP/1113' }])], 0);
  expect(extensionOf(board, '1113')).toMatchObject({ provider: null, presence: null });
});

it('[LM4] a list takes away what is not in it, and adds what is new', () => {
  const { board, changes } = reduce(twoExtensions, [fullList([hint('1102', 8), hint('1103')])], 2000);
  expect([...board.extensions.keys()]).toEqual(['1102@default', '1103@default']);
  expect(changes.map((change) => change.kind).toSorted()).toEqual(['put', 'remove']);
});

it('[LM3] a lamp has been so since the change was seen', () => {
  const { board } = reduce(twoExtensions, [{ kind: 'status', id: '1101@default', status: 1 }], 5000);
  expect(extensionOf(board, '1101')).toMatchObject({ lamp: 'in-use', lampSince: 5000 });
});

const returnTime = { at: 9000, thenState: 'available' } as const;
const findRitasLunch: AttributionLookup = (_, presence) =>
  samePresence(presence, away) ? { actor: { kind: 'account', name: 'rita' }, setAt: 2000, returnTime } : null;

it('[RT1] a return time comes with the presence that it was set with, and goes with it', () => {
  const facts = (presence: Presence): Fact[] => [
    { kind: 'presence', provider: 'CustomPresence:1102', presence },
  ];
  const set = reduce(twoExtensions, facts(away), 2000, findRitasLunch);
  expect(extensionOf(set.board, '1102')).toMatchObject({ presence: away, returnTime });
  const changed = reduce(set.board, facts({ ...away, message: 'longer' }), 3000, findRitasLunch);
  expect(extensionOf(changed.board, '1102')).toMatchObject({
    returnTime: null,
    presenceSetBy: { kind: 'phone' },
  });
  expect(changed.changes).toHaveLength(1);
});

it('[RT1] the same presence set again may have another return time, and has been so as long as before', () => {
  const facts: Fact[] = [{ kind: 'presence', provider: 'CustomPresence:1102', presence: away }];
  const before = reduce(twoExtensions, facts, 1500).board;
  const { board, changes } = reduce(before, facts, 2500, findRitasLunch);
  expect(extensionOf(board, '1102')).toMatchObject({ returnTime, presenceSetAt: 1500 });
  expect(changes).toHaveLength(1);
  expect(reduce(board, facts, 2600, findRitasLunch).changes).toEqual([]);
});

it('[RT1] a list brings the return time of what still stands', () => {
  const list = fullList([hint('1101')], [['CustomPresence:1101', away]]);
  expect(extensionOf(reduce(EMPTY, [list], 0, findRitasLunch).board, '1101')).toMatchObject({ returnTime });
});

it('[SY4] what the board shows already changes nothing', () => {
  const facts: Fact[] = [
    { kind: 'status', id: '1101@default', status: 0 },
    { kind: 'presence', provider: 'CustomPresence:1101', presence: { ...away } },
    { kind: 'status', id: '9999@default', status: 1 },
  ];
  expect(reduce(twoExtensions, facts, 2000)).toEqual({ board: twoExtensions, changes: [] });
});

it('[SY4] of many changes of one lamp only the last is told', () => {
  const flicker = [8, 1, 0, 8, 1].map((status): Fact => ({ kind: 'status', id: '1101@default', status }));
  const { changes } = reduce(twoExtensions, flicker, 2000);
  expect(changes).toEqual([{ kind: 'lamp', id: '1101@default', lamp: 'in-use', since: 2000 }]);
});

it('[SY5] what was heard while a list was on its way outlives the list', () => {
  const ringing = reduce(twoExtensions, [{ kind: 'status', id: '1101@default', status: 8 }], 2000).board;
  const lateList = fullList(
    [hint('1101', 0), hint('1102', 8)],
    [],
    ['1101@default', providerKey('CustomPresence:1101')],
  );
  const { board } = reduce(ringing, [lateList], 2001);
  expect(extensionOf(board, '1101')).toMatchObject({ lamp: 'ringing', presence: away });
});

it('[LM2] one presence provider may serve several hints', () => {
  const shared = { ...hint('1104'), hint: 'PJSIP/1104,CustomPresence:1101' };
  const { board } = reduce(EMPTY, [fullList([hint('1101'), shared])], 0);
  const after = reduce(
    board,
    [{ kind: 'presence', provider: 'CustomPresence:1101', presence: away }],
    1,
  ).board;
  expect(extensionOf(after, '1101')?.presence).toEqual(away);
  expect(extensionOf(after, '1104')?.presence).toEqual(away);
});

it('[SY2] the frame of the changes leads a copy to the same board', () => {
  const { board, changes } = reduce(twoExtensions, [fullList([hint('1103', 1), hint('1102', 16)])], 3000);
  const copy = boardFromSnapshot(toSnapshot(twoExtensions, 0));
  const applied = applyDelta(copy, { epoch: board.epoch, seq: board.seq, changes });
  expect(applied).toEqual({ kind: 'applied', board });
});

it('[SY5] so does a lamp heard while a list was on its way that brings another provider', () => {
  const ringing = reduce(twoExtensions, [{ kind: 'status', id: '1101@default', status: 8 }], 2000).board;
  const other = { ...hint('1101', 0), hint: 'PJSIP/1101,CustomPresence:other' };
  const { board } = reduce(ringing, [fullList([other, hint('1102', 8)], [], ['1101@default'])], 2001);
  expect(extensionOf(board, '1101')).toMatchObject({
    lamp: 'ringing',
    lampSince: 2000,
    provider: 'CustomPresence:other',
  });
});

it('[WH5] a change that was made through Lampboard has its author, every other one was made on the telephone', () => {
  const rita = { kind: 'account', name: 'rita' } as const;
  const dnd: Presence = { ...away, state: 'dnd' };
  const findAttribution = (_: string, { state }: Presence) =>
    state === 'dnd' ? { actor: rita, setAt: 7, returnTime: null } : null;
  const facts = (presence: Presence): Fact[] => [
    { kind: 'presence', provider: 'CustomPresence:1101', presence },
  ];
  const byRita = reduce(twoExtensions, facts(dnd), 2000, findAttribution);
  expect(extensionOf(byRita.board, '1101')).toMatchObject({ presenceSetBy: rita, presenceSetAt: 2000 });
  const onPhone = reduce(byRita.board, facts(away), 3000, findAttribution);
  expect(extensionOf(onPhone.board, '1101')).toMatchObject({
    presenceSetBy: { kind: 'phone' },
    presenceSetAt: 3000,
  });
  const found = reduce(
    byRita.board,
    [fullList([hint('1101')], [['CustomPresence:1101', away]])],
    4000,
    findAttribution,
  );
  expect(extensionOf(found.board, '1101')).toMatchObject({
    presenceSetBy: { kind: 'phone' },
    presenceSetAt: 4000,
  });
});

it('[WH5] of what is there at the first list only what was set through Lampboard has an author, and its time', () => {
  const rita = { kind: 'account', name: 'rita' } as const;
  const findAttribution = (provider: string) =>
    provider === 'CustomPresence:1101' ? { actor: rita, setAt: 7, returnTime: null } : null;
  const { board } = reduce(EMPTY, [fullList([hint('1101'), hint('1102')])], 5000, findAttribution);
  expect(extensionOf(board, '1101')).toMatchObject({ presenceSetBy: rita, presenceSetAt: 7 });
  expect(extensionOf(board, '1102')).toMatchObject({ presenceSetBy: null, presenceSetAt: null });
});
