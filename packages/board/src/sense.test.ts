import type { ExtensionRow, Lamp, PresenceState } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import {
  bestColleague,
  contradictionOf,
  isFree,
  isOnThePhone,
  isReachable,
  lateBy,
  phoneSince,
} from './sense.ts';
import { boardRow } from './testing/board-row.ts';

const says = (state: PresenceState) => ({ state, subtype: '', message: '' });

it.each<[Lamp, PresenceState | null, boolean]>([
  ['idle', 'available', true],
  ['idle', 'chat', false],
  ['idle', 'not_set', false],
  ['idle', null, false],
  ['idle', 'away', false],
  ['idle', 'dnd', false],
  ['in-use', 'available', false],
  ['unknown', 'available', false],
])('[SN1] lamp %s and presence %s: reachable is %s', (lamp, state, reachable) => {
  expect(isReachable({ lamp, presence: state === null ? null : says(state) })).toBe(reachable);
});

it.each<[Lamp, PresenceState, ReturnType<typeof contradictionOf>]>([
  ['unavailable', 'available', 'reachable-but-unregistered'],
  ['busy', 'chat', 'reachable-but-busy'],
  ['in-use', 'away', 'gone-but-on-the-phone'],
  ['on-hold', 'unavailable', 'gone-but-on-the-phone'],
  ['in-use', 'available', null],
  ['busy', 'dnd', null],
  ['busy', 'away', null],
  ['unavailable', 'away', null],
  ['unknown', 'available', null],
])('[SN2] lamp %s beside presence %s: %s', (lamp, state, contradiction) => {
  expect(contradictionOf({ lamp, presence: says(state) })).toBe(contradiction);
});

it.each<[Lamp, ExtensionRow['phone'], { reachable: boolean; onThePhone: boolean }]>([
  ['busy', { lamp: 'idle', dnd: true }, { reachable: false, onThePhone: false }],
  ['busy', { lamp: 'in-use', dnd: true }, { reachable: false, onThePhone: true }],
  ['in-use', { lamp: 'idle', dnd: false }, { reachable: false, onThePhone: false }],
  ['idle', { lamp: 'unavailable', dnd: false }, { reachable: false, onThePhone: false }],
  ['idle', { lamp: 'unknown', dnd: false }, { reachable: false, onThePhone: false }],
  ['idle', { lamp: 'idle', dnd: false }, { reachable: true, onThePhone: false }],
  ['idle', null, { reachable: false, onThePhone: false }],
  ['in-use', null, { reachable: false, onThePhone: false }],
])('[SN5] [SN6] [SN7] lamp %s with the telephone %j is %j', (lamp, phone, expected) => {
  const row = boardRow('1101', { lamp, phone });
  expect({ reachable: isReachable(row), onThePhone: isOnThePhone(row) }).toEqual(expected);
});

it('[SN7] who has no telephone is no colleague to take a call, and is not idle', () => {
  const alice = boardRow('1101', { lamp: 'in-use' });
  const code = boardRow('*4520', { provider: null, presence: null, phone: null });
  expect(bestColleague(alice, [alice, code])).toBeNull();
  expect(contradictionOf(boardRow('1102', { lamp: 'unavailable', phone: null }))).toBeNull();
});

it('[SN5] a telephone on do not disturb contradicts somebody available, and nobody who is away', () => {
  const phone = { lamp: 'idle', dnd: true } as const;
  const row = boardRow('1101', { lamp: 'busy', phone });
  expect(contradictionOf(row)).toBe('reachable-but-busy');
  expect(contradictionOf({ ...row, presence: says('away') })).toBeNull();
});

it('[SN5] a call that do not disturb hides has begun at a moment that nobody saw', () => {
  const phone = { lamp: 'in-use', dnd: true } as const;
  expect(phoneSince(boardRow('1101', { lamp: 'busy', lampSince: 5, phone }))).toBeNull();
  expect(phoneSince(boardRow('1101', { lamp: 'in-use', lampSince: 5, phone }))).toBe(5);
});

it('[SN2] a telephone without presence contradicts nothing', () => {
  expect(contradictionOf({ lamp: 'unavailable', presence: null })).toBeNull();
});

it('[RT3] is late from the moment on that was said', () => {
  expect(lateBy({ back: { at: 5000, next: null } }, 4000)).toBeNull();
  expect(lateBy({ back: { at: 5000, next: null } }, 65_000)).toBe(60_000);
  expect(lateBy({ back: null }, 65_000)).toBeNull();
});

it('[SN3] the best colleague is of the same department, reachable, idle for longest, and not oneself', () => {
  const alice = boardRow('1101', { lamp: 'in-use' });
  const rows = [
    alice,
    boardRow('1102', { lamp: 'ringing' }),
    boardRow('1103', { presence: says('away') }),
    boardRow('1104', { presence: says('chat'), lampSince: 1 }),
    boardRow('1105', { lampSince: 2000 }),
    boardRow('1106', { lampSince: 1000 }),
    boardRow('1107', { person: { ...alice.person, department: 'Support' } }),
    boardRow('1108', { presence: null, provider: null }),
  ];
  expect(bestColleague(alice, rows)?.exten).toBe('1106');
  expect(bestColleague(alice, rows, ['1106@default'])?.exten).toBe('1105');
  expect(bestColleague(alice, rows.slice(0, 4))).toBeNull();
  expect(bestColleague(alice, [alice, ...rows.slice(6)])).toBeNull();
});

it('[SN3] where there are no departments, nobody is suggested', () => {
  const nobodys = { name: 'Name', department: '', email: '', mobile: '' };
  const maxi = boardRow('185', { lamp: 'in-use', person: nobodys });
  expect(bestColleague(maxi, [maxi, boardRow('106', { person: nobodys })])).toBeNull();
});

it.each<[PresenceState | null, boolean]>([
  ['available', true],
  ['not_set', true],
  [null, true],
  ['chat', false],
  ['dnd', false],
])('[SN8] a telephone that is idle is free with the presence %s: %s', (state, free) => {
  const presence = state === null ? null : says(state);
  expect(isFree(boardRow('1101', { presence }))).toBe(free);
  expect(isFree(boardRow('1101', { presence, lamp: 'in-use' }))).toBe(false);
});
