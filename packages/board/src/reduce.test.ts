import { expect, it } from 'vitest';
import { type Presence, samePresence } from '@lampboard/protocol';
import { applyFrame } from './apply-frame.ts';
import { type Board, boardOfSnapshot, snapshotOf } from './board.ts';
import type { Fact, HintFact } from './facts.ts';
import { providerKey } from './hint.ts';
import { type Attribute, reduce } from './reduce.ts';

const EMPTY: Board = {
  epoch: 'e1',
  seq: 0,
  pbx: { version: null, demo: false },
  link: { state: 'live' },
  rows: new Map(),
};
const hint = (exten: string, status = 0): HintFact => ({
  exten,
  context: 'default',
  hint: `PJSIP/${exten},CustomPresence:${exten}`,
  status,
});
const away: Presence = { state: 'away', subtype: 'Lunch', message: 'back at two' };

function listed(hints: HintFact[], presences: [string, Presence][] = [], newer: string[] = []): Fact {
  return { kind: 'listed', hints, presences: new Map(presences), newer: new Set(newer) };
}

const twoPeople = reduce(
  EMPTY,
  [listed([hint('1101'), hint('1102', 8)], [['CustomPresence:1101', away]])],
  1000,
).board;
const row = (board: Board, id: string) => board.rows.get(`${id}@default`);

it('[SY1] a list makes the board', () => {
  expect(row(twoPeople, '1101')).toMatchObject({ lamp: 'idle', presence: away, lampSince: null });
  expect(row(twoPeople, '1102')).toMatchObject({ lamp: 'ringing', presence: { state: 'not_set' } });
});

it('[SY1] a hint without provider has no presence at all', () => {
  const { board } = reduce(EMPTY, [listed([{ ...hint('1113'), hint: 'PJSIP/1113' }])], 0);
  expect(row(board, '1113')).toMatchObject({ provider: null, presence: null });
});

it('[LM4] a list takes away what is not in it, and adds what is new', () => {
  const { board, changes } = reduce(twoPeople, [listed([hint('1102', 8), hint('1103')])], 2000);
  expect([...board.rows.keys()]).toEqual(['1102@default', '1103@default']);
  expect(changes.map((change) => change.kind).toSorted()).toEqual(['put', 'remove']);
});

it('[LM3] a lamp has been so since the change was seen', () => {
  const { board } = reduce(twoPeople, [{ kind: 'status', id: '1101@default', status: 1 }], 5000);
  expect(row(board, '1101')).toMatchObject({ lamp: 'in-use', lampSince: 5000 });
});

const back = { at: 9000, next: 'available' } as const;
const ritasLunch: Attribute = (_, presence) =>
  samePresence(presence, away) ? { by: { kind: 'account', name: 'rita' }, at: 2000, back } : null;

it('[RT1] a return time comes with the presence that it was set with, and goes with it', () => {
  const facts = (presence: Presence): Fact[] => [
    { kind: 'presence', provider: 'CustomPresence:1102', presence },
  ];
  const set = reduce(twoPeople, facts(away), 2000, ritasLunch);
  expect(row(set.board, '1102')).toMatchObject({ presence: away, back });
  const changed = reduce(set.board, facts({ ...away, message: 'longer' }), 3000, ritasLunch);
  expect(row(changed.board, '1102')).toMatchObject({ back: null, presenceBy: { kind: 'telephone' } });
  expect(changed.changes).toHaveLength(1);
});

it('[RT1] the same presence set again may have another return time, and has been so as long as before', () => {
  const facts: Fact[] = [{ kind: 'presence', provider: 'CustomPresence:1102', presence: away }];
  const before = reduce(twoPeople, facts, 1500).board;
  const { board, changes } = reduce(before, facts, 2500, ritasLunch);
  expect(row(board, '1102')).toMatchObject({ back, presenceSince: 1500 });
  expect(changes).toHaveLength(1);
  expect(reduce(board, facts, 2600, ritasLunch).changes).toEqual([]);
});

it('[RT1] a list brings the return time of what still stands', () => {
  const list = listed([hint('1101')], [['CustomPresence:1101', away]]);
  expect(row(reduce(EMPTY, [list], 0, ritasLunch).board, '1101')).toMatchObject({ back });
});

it('[SY4] what the board shows already changes nothing', () => {
  const facts: Fact[] = [
    { kind: 'status', id: '1101@default', status: 0 },
    { kind: 'presence', provider: 'CustomPresence:1101', presence: { ...away } },
    { kind: 'status', id: '9999@default', status: 1 },
  ];
  expect(reduce(twoPeople, facts, 2000)).toEqual({ board: twoPeople, changes: [] });
});

it('[SY4] of many changes of one lamp only the last is told', () => {
  const flicker = [8, 1, 0, 8, 1].map((status): Fact => ({ kind: 'status', id: '1101@default', status }));
  const { changes } = reduce(twoPeople, flicker, 2000);
  expect(changes).toEqual([{ kind: 'lamp', id: '1101@default', lamp: 'in-use', since: 2000 }]);
});

it('[SY5] what was heard while a list was on its way outlives the list', () => {
  const ringing = reduce(twoPeople, [{ kind: 'status', id: '1101@default', status: 8 }], 2000).board;
  const late = listed(
    [hint('1101', 0), hint('1102', 8)],
    [],
    ['1101@default', providerKey('CustomPresence:1101')],
  );
  const { board } = reduce(ringing, [late], 2001);
  expect(row(board, '1101')).toMatchObject({ lamp: 'ringing', presence: away });
});

it('[LM2] one presence provider may serve several hints', () => {
  const shared = { ...hint('1104'), hint: 'PJSIP/1104,CustomPresence:1101' };
  const { board } = reduce(EMPTY, [listed([hint('1101'), shared])], 0);
  const after = reduce(
    board,
    [{ kind: 'presence', provider: 'CustomPresence:1101', presence: away }],
    1,
  ).board;
  expect(row(after, '1101')?.presence).toEqual(away);
  expect(row(after, '1104')?.presence).toEqual(away);
});

it('[SY2] the frame of the changes leads a copy to the same board', () => {
  const { board, changes } = reduce(twoPeople, [listed([hint('1103', 1), hint('1102', 16)])], 3000);
  const copy = boardOfSnapshot(snapshotOf(twoPeople, 0));
  const applied = applyFrame(copy, { epoch: board.epoch, seq: board.seq, changes });
  expect(applied).toEqual({ kind: 'applied', board });
});

it('[SY5] so does a lamp heard while a list was on its way that brings another provider', () => {
  const ringing = reduce(twoPeople, [{ kind: 'status', id: '1101@default', status: 8 }], 2000).board;
  const other = { ...hint('1101', 0), hint: 'PJSIP/1101,CustomPresence:other' };
  const { board } = reduce(ringing, [listed([other, hint('1102', 8)], [], ['1101@default'])], 2001);
  expect(row(board, '1101')).toMatchObject({
    lamp: 'ringing',
    lampSince: 2000,
    provider: 'CustomPresence:other',
  });
});

it('[WH5] a change that was made through Lampboard has its author, every other one was made on the telephone', () => {
  const rita = { kind: 'account', name: 'rita' } as const;
  const dnd: Presence = { ...away, state: 'dnd' };
  const attribute = (_: string, { state }: Presence) =>
    state === 'dnd' ? { by: rita, at: 7, back: null } : null;
  const facts = (presence: Presence): Fact[] => [
    { kind: 'presence', provider: 'CustomPresence:1101', presence },
  ];
  const byRita = reduce(twoPeople, facts(dnd), 2000, attribute);
  expect(row(byRita.board, '1101')).toMatchObject({ presenceBy: rita, presenceSince: 2000 });
  const onTheTelephone = reduce(byRita.board, facts(away), 3000, attribute);
  expect(row(onTheTelephone.board, '1101')).toMatchObject({
    presenceBy: { kind: 'telephone' },
    presenceSince: 3000,
  });
  const found = reduce(
    byRita.board,
    [listed([hint('1101')], [['CustomPresence:1101', away]])],
    4000,
    attribute,
  );
  expect(row(found.board, '1101')).toMatchObject({ presenceBy: { kind: 'telephone' }, presenceSince: 4000 });
});

it('[WH5] of what is there at the first list only what was set through Lampboard has an author, and its time', () => {
  const rita = { kind: 'account', name: 'rita' } as const;
  const attribute = (provider: string) =>
    provider === 'CustomPresence:1101' ? { by: rita, at: 7, back: null } : null;
  const { board } = reduce(EMPTY, [listed([hint('1101'), hint('1102')])], 5000, attribute);
  expect(row(board, '1101')).toMatchObject({ presenceBy: rita, presenceSince: 7 });
  expect(row(board, '1102')).toMatchObject({ presenceBy: null, presenceSince: null });
});
