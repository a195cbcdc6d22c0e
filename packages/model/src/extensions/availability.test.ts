import type { Extension, Lamp, PresenceState } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import {
  suggestColleague,
  mismatchOf,
  isFree,
  isOnCall,
  isReachable,
  overdueBy,
  phoneSince,
} from './availability.ts';
import { testExtension } from '../testing/test-extension.ts';

const presenceOf = (state: PresenceState | null) => state && { state, subtype: '', message: '' };

it.each<[Lamp, PresenceState | null, boolean]>([
  ['idle', 'available', true],
  ['idle', 'chat', false],
  ['idle', 'not_set', false],
  ['idle', null, false],
  ['idle', 'away', false],
  ['idle', 'dnd', false],
  ['in-use', 'available', false],
  ['unknown', 'available', false],
])('[SN1] lamp %s and presence %s: reachable is %s', (lamp, state, expected) => {
  expect(isReachable({ kind: 'person', lamp, presence: presenceOf(state) })).toBe(expected);
});

it.each<[Lamp, PresenceState, ReturnType<typeof mismatchOf>]>([
  ['unavailable', 'available', 'available-but-offline'],
  ['busy', 'chat', 'available-but-busy'],
  ['in-use', 'away', 'away-but-on-call'],
  ['on-hold', 'unavailable', 'away-but-on-call'],
  ['in-use', 'available', null],
  ['busy', 'dnd', null],
  ['busy', 'away', null],
  ['unavailable', 'away', null],
  ['unknown', 'available', null],
])('[SN2] lamp %s beside presence %s: %s', (lamp, state, mismatch) => {
  expect(mismatchOf({ lamp, presence: presenceOf(state) })).toBe(mismatch);
});

it.each<[Lamp, Extension['phone'], { isReachable: boolean; onCall: boolean }]>([
  ['busy', { lamp: 'idle', dnd: true }, { isReachable: false, onCall: false }],
  ['busy', { lamp: 'in-use', dnd: true }, { isReachable: false, onCall: true }],
  ['in-use', { lamp: 'idle', dnd: false }, { isReachable: false, onCall: false }],
  ['idle', { lamp: 'unavailable', dnd: false }, { isReachable: false, onCall: false }],
  ['idle', { lamp: 'unknown', dnd: false }, { isReachable: false, onCall: false }],
  ['idle', { lamp: 'idle', dnd: false }, { isReachable: true, onCall: false }],
  ['idle', { lamp: 'idle', dnd: false, forwarded: true }, { isReachable: false, onCall: false }],
  ['idle', { lamp: 'idle', dnd: false, followMe: true }, { isReachable: true, onCall: false }],
  ['idle', null, { isReachable: false, onCall: false }],
  ['in-use', null, { isReachable: false, onCall: false }],
])('[SN5] [SN6] [SN7] [PF2] lamp %s with the phone %j is %j', (lamp, phone, expected) => {
  const extension = testExtension('1101', { lamp, phone });
  expect({ isReachable: isReachable(extension), onCall: isOnCall(extension) }).toEqual(expected);
});

it('[SN7] a room is neither reachable nor suggested, whatever its presence', () => {
  const alice = testExtension('1101', { lamp: 'in-use' });
  const room = testExtension('1110', { kind: 'room' });
  expect(isReachable(room)).toBe(false);
  expect(suggestColleague(alice, [alice, room])).toBeNull();
});

it('[SN7] an extension without a phone is not suggested as colleague, and is not idle', () => {
  const alice = testExtension('1101', { lamp: 'in-use' });
  const code = testExtension('*4520', { provider: null, presence: null, phone: null });
  expect(suggestColleague(alice, [alice, code])).toBeNull();
  expect(mismatchOf(testExtension('1102', { lamp: 'unavailable', phone: null }))).toBeNull();
});

it('[SN5] a phone on do not disturb contradicts the presence available, not away', () => {
  const phone = { lamp: 'idle', dnd: true } as const;
  const extension = testExtension('1101', { lamp: 'busy', phone });
  expect(mismatchOf(extension)).toBe('available-but-dnd');
  expect(mismatchOf({ ...extension, presence: presenceOf('away') })).toBeNull();
});

it('[SN5] a call behind do not disturb has an unknown start', () => {
  const phone = { lamp: 'in-use', dnd: true } as const;
  expect(phoneSince(testExtension('1101', { lamp: 'busy', lampSince: 5, phone }))).toBeNull();
  expect(phoneSince(testExtension('1101', { lamp: 'in-use', lampSince: 5, phone }))).toBe(5);
});

it('[SN2] a phone without presence is no mismatch', () => {
  expect(mismatchOf({ lamp: 'unavailable', presence: null })).toBeNull();
});

it('[RT3] is overdue from the return time on', () => {
  expect(overdueBy({ returnTime: { at: 5000, thenState: null } }, 4000)).toBeNull();
  expect(overdueBy({ returnTime: { at: 5000, thenState: null } }, 65_000)).toBe(60_000);
  expect(overdueBy({ returnTime: null }, 65_000)).toBeNull();
});

it('[SN3] the best colleague is of the same department, reachable, idle for longest, and not oneself', () => {
  const alice = testExtension('1101', { lamp: 'in-use' });
  const extensions = [
    alice,
    testExtension('1102', { lamp: 'ringing' }),
    testExtension('1103', { presence: presenceOf('away') }),
    testExtension('1104', { presence: presenceOf('chat'), lampSince: 1 }),
    testExtension('1105', { lampSince: 2000 }),
    testExtension('1106', { lampSince: 1000 }),
    testExtension('1107', { person: { ...alice.person, department: 'Support' } }),
    testExtension('1108', { presence: null, provider: null }),
  ];
  expect(suggestColleague(alice, extensions)?.exten).toBe('1106');
  expect(suggestColleague(alice, extensions, ['1106@default'])?.exten).toBe('1105');
  expect(suggestColleague(alice, extensions.slice(0, 4))).toBeNull();
  expect(suggestColleague(alice, [alice, ...extensions.slice(6)])).toBeNull();
});

it('[DR9] [KN6] a reachable deputy is suggested first, of whatever department', () => {
  const base = testExtension('1101', { lamp: 'in-use' });
  const alice = { ...base, person: { ...base.person, deputy: '1103@default' } };
  const deputy = testExtension('1103', { person: { ...base.person, department: '' }, lampSince: 9000 });
  const extensions = [alice, testExtension('1102', { lampSince: 1000 }), deputy];
  expect(suggestColleague(alice, extensions)?.exten).toBe('1103');
  expect(suggestColleague(alice, extensions, [deputy.id])?.exten).toBe('1102');
  const busy = { ...deputy, lamp: 'in-use' as const };
  expect(suggestColleague(alice, [alice, busy, ...extensions.slice(1, 2)])?.exten).toBe('1102');
  const byAlias = { ...alice, person: { ...alice.person, deputy: '*801104@default' } };
  const known = testExtension('1104', { aliases: ['*801104@default'], lampSince: 9000 });
  expect(suggestColleague(byAlias, [byAlias, ...extensions.slice(1, 2), known])?.exten).toBe('1104');
  const ofHerself = { ...alice, lamp: 'idle' as const, person: { ...alice.person, deputy: alice.id } };
  expect(suggestColleague(ofHerself, [ofHerself])).toBeNull();
});

it('[SN3] suggests no colleague without departments', () => {
  const withoutDepartment = { name: 'Name', department: '', email: '', mobile: '' };
  const maxi = testExtension('185', { lamp: 'in-use', person: withoutDepartment });
  expect(suggestColleague(maxi, [maxi, testExtension('106', { person: withoutDepartment })])).toBeNull();
});

it.each<[PresenceState | null, boolean]>([
  ['available', true],
  ['not_set', true],
  [null, true],
  ['chat', false],
  ['dnd', false],
])('[SN8] an idle phone is free with the presence %s: %s', (state, isExpectedFree) => {
  const presence = presenceOf(state);
  expect(isFree(testExtension('1101', { presence }))).toBe(isExpectedFree);
  expect(isFree(testExtension('1101', { presence, lamp: 'in-use' }))).toBe(false);
});
