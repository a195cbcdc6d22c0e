import type { Lamp, PresenceState } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { bestColleague, contradictionOf, isReachable, lateBy } from './sense.ts';
import { boardRow } from './testing/board-row.ts';

const says = (state: PresenceState) => ({ state, subtype: '', message: '' });

it.each<[Lamp, PresenceState | null, boolean]>([
  ['idle', 'available', true],
  ['idle', 'chat', true],
  ['idle', 'not_set', true],
  ['idle', null, true],
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

it('[SN2] a telephone without presence contradicts nothing', () => {
  expect(contradictionOf({ lamp: 'unavailable', presence: null })).toBeNull();
});

it('[RT3] is late from the moment on that was said', () => {
  expect(lateBy({ back: { at: 5000, next: null } }, 4000)).toBeNull();
  expect(lateBy({ back: { at: 5000, next: null } }, 65_000)).toBe(60_000);
  expect(lateBy({ back: null }, 65_000)).toBeNull();
});

it('[SN3] the best colleague is of the same department, reachable, surely there, and idle for longest', () => {
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
  expect(bestColleague(alice, rows.slice(0, 4))?.exten).toBe('1104');
  expect(bestColleague(alice, rows.slice(0, 3))).toBeNull();
  expect(bestColleague(alice, [alice, ...rows.slice(6)])?.exten).toBe('1108');
});
