import type { Call } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import {
  NOW,
  testChannel,
  callsWith,
  detailsOf,
  ALICE,
  OLAF,
  CARL,
  TRUNK,
  bridge,
  dial,
  calling,
  ringing,
  entry,
} from '../testing/test-channel.ts';
import { type ParkedChannel, deviceOf } from './channel.ts';

it('[CM1] a line belongs to each entry whose hint names its device, which is all before the last dash', () => {
  expect(deviceOf({ name: 'PJSIP/front-desk-0000001a-0000014c' })).toBe('PJSIP/front-desk-0000001a');
  const extensionsOfDevice = (device: string) => (device === 'DAHDI/i1/555' ? ['7@a', '8@a'] : []);
  const calls = callsWith([testChannel('DAHDI/i1/555-2a', '555 → 1102', ringing)], { extensionsOfDevice });
  expect(calls.get('DAHDI/i1/555-2a')?.extensions).toEqual(['7@a', '8@a']);
});

it('[CM1] channels by which Asterisk connects others, and those not begun yet, are no lines', () => {
  const names = ['Local/1102@default-00000002;1', 'Local/1102@default-00000002;2', 'CBAnn/400-00000001;2'];
  const internal = names.map((name) => testChannel(name, '1101 → 1102'));
  expect(callsWith([...internal, testChannel(ALICE, '1101 → ', { state: 0 })]).size).toBe(0);
});

it('[CM2] a call rings: the caller calls whom it reaches, the other one rings from the caller', () => {
  const calls = callsWith([
    testChannel(ALICE, '1101 → 1102', calling('1102')),
    testChannel(OLAF, '1102 → 1101', ringing),
  ]);
  expect(calls.get(ALICE)).toMatchObject({ state: 'dialling', incoming: false, party: entry('1102') });
  expect(calls.get(OLAF)).toMatchObject({
    state: 'ringing',
    incoming: true,
    party: { number: '1101', name: 'Name 1101', extension: '1101@default' },
  });
});

it('[CM2] while Asterisk connects with nobody yet, the dialled digits are shown', () => {
  const group = callsWith([testChannel(ALICE, '1101 → <unknown>', calling('300'))]);
  expect(group.get(ALICE)?.party).toEqual({ number: '300', name: '' });
  const announcement = { ...calling('1102'), application: 'Playback' };
  const early = callsWith([testChannel(ALICE, '1101 → 1103', announcement)]);
  expect(early.get(ALICE)).toMatchObject({ state: 'dialling', party: entry('1102') });
});

it('[CM2] [CM5] lines in one bridge, or at both ends of Local channels, talk with each other', () => {
  const wire = 'Local/1102@default-00000002';
  const channels = [
    testChannel(ALICE, '1101 → 1102', { ...dial('1102'), ...bridge('a') }),
    testChannel(`${wire};1`, '1102 → 1101', bridge('a')),
    testChannel(`${wire};2`, '1101 → 1102', { ...dial('1102'), ...bridge('b') }),
    testChannel(OLAF, '1102 → 1101', bridge('b')),
  ];
  const answered = { [ALICE]: { answeredAt: NOW - 5000 }, [OLAF]: { answeredAt: NOW - 4000 } };
  const calls = callsWith(channels, { details: detailsOf(answered) });
  expect([...calls.keys()]).toEqual([ALICE, OLAF]);
  for (const [id, other] of [
    [ALICE, '1102'],
    [OLAF, '1101'],
  ] as const)
    expect(calls.get(id)).toMatchObject({ state: 'talking', party: entry(other), since: NOW - 4000 });
});

it('[CM3] an answered call that was passed on rings elsewhere', () => {
  const calls = callsWith([
    testChannel(ALICE, '1101 → 1103', dial('1103')),
    testChannel(CARL, '1103 → 1101', ringing),
  ]);
  expect(calls.get(ALICE)).toMatchObject({ state: 'dialling', party: entry('1103') });
});

it('[CM3] the own phone rings first for a call that is placed by click', () => {
  const calls = callsWith([testChannel(OLAF, '1102 → 1103', { ...ringing, application: 'AppDial2' })]);
  expect(calls.get(OLAF)).toMatchObject({ state: 'dialling', ownPhone: true, party: entry('1103') });
});

it.each([
  [
    { application: 'Queue', applicationData: 'support,t' },
    { state: 'waiting', queue: 'support' },
  ],
  [
    { application: 'VoiceMail', applicationData: '1102@default,u' },
    { state: 'voicemail', mailbox: '1102' },
  ],
  [{ application: 'VoiceMailMain', applicationData: '1101' }, { state: 'voicemail' }],
  [{ application: 'Read', applicationData: 'digits,menu' }, { state: 'menu' }],
  [{ application: 'BackGround', applicationData: 'welcome' }, { state: 'menu' }],
])('[CM3] in an application nobody is at the other end: %o', (application, expected) => {
  // Asterisk still names who did not answer.
  const calls = callsWith([testChannel(ALICE, '1101 → 1102', application)]);
  expect(calls.get(ALICE)).toMatchObject({ ...expected, party: null });
  if (!('mailbox' in expected)) expect(calls.get(ALICE)?.mailbox).toBeUndefined();
});

it('[CM3] an agent rings from the caller in the queue, also behind a Local channel, and both talk', () => {
  const caller = { application: 'Queue', applicationData: 'support', exten: '800' };
  const ring = [
    testChannel(ALICE, '1101 → <unknown>', caller),
    testChannel('Local/1103@from-queue-00000001;1', '1103 → 1101', { ...ringing, application: 'AppQueue' }),
    testChannel('Local/1103@from-queue-00000001;2', '1101 → 1103', calling('1103')),
    testChannel(CARL, '1103 → 1101', ringing),
  ];
  const waiting = callsWith(ring);
  expect(waiting.get(ALICE)).toMatchObject({ state: 'waiting', queue: 'support' });
  expect(waiting.get(CARL)).toMatchObject({ state: 'ringing', queue: 'support', party: entry('1101') });
  const talk = [
    testChannel(ALICE, '1101 → 1103', { ...caller, ...bridge('a') }),
    testChannel(CARL, '1103 → 1101', { application: 'AppQueue', ...bridge('a') }),
  ];
  expect(callsWith(talk).get(CARL)).toMatchObject({ state: 'talking', queue: 'support' });
});

it('[CM3] a conference has its people, and not its announcer', () => {
  const member = { application: 'ConfBridge', applicationData: '400', ...bridge('c') };
  const people = [ALICE, OLAF, CARL].map((name) => testChannel(name, `${name} → <unknown>`, member));
  const announcer = testChannel('CBAnn/400-00000000;2', '', bridge('c'));
  const calls = callsWith([...people, announcer]);
  for (const { uniqueid } of people)
    expect(calls.get(uniqueid)).toMatchObject({ state: 'conference', room: '400', members: 3, party: null });
});

it.each([
  [
    { application: 'ConfBridge', applicationData: '400' },
    { state: 'conference', room: '400', members: 2 },
  ],
  [
    { application: 'Queue', applicationData: 'support' },
    { state: 'waiting', queue: 'support' },
  ],
  [
    { application: 'VoiceMail', applicationData: '1102@default' },
    { state: 'voicemail', mailbox: '1102' },
  ],
  [{ application: 'Playback', applicationData: 'closed' }, { state: 'menu' }],
  [dial('1103'), { state: 'dialling', party: entry('1103') }],
])('[CM3] behind a Local channel an application is as in front of it: %o', (application, expected) => {
  const wire = 'Local/800@default-00000002';
  const isConference = application.application === 'ConfBridge';
  const further = [testChannel(CARL, '1103 → <unknown>', { ...application, ...bridge('conference') })];
  const calls = callsWith([
    testChannel(ALICE, '1101 → <unknown>', { ...dial('800'), ...bridge('a') }),
    testChannel(`${wire};1`, '800 → 1101', { exten: '', ...bridge('a') }),
    testChannel(`${wire};2`, '1101 → 800', { ...application, ...bridge(isConference ? 'conference' : '') }),
    ...(isConference ? further : []),
  ]);
  expect(calls.get(ALICE)).toMatchObject(expected);
});

it('[CM4] one who is held, one who holds, and both at once', () => {
  const channels = [
    testChannel(ALICE, '1101 → 1102', { ...dial('1102'), ...bridge('a') }),
    testChannel(OLAF, '1102 → 1101', bridge('a')),
  ];
  const held = { details: detailsOf({ [ALICE]: { isHeld: true }, [OLAF]: {} }) };
  expect(callsWith(channels, held).get(ALICE)).toMatchObject({ state: 'held', party: entry('1102') });
  expect(callsWith(channels, held).get(ALICE)?.holding).toBeUndefined();
  expect(callsWith(channels, held).get(OLAF)).toMatchObject({ state: 'holding', party: entry('1101') });
  const both = { details: detailsOf({ [ALICE]: { isHeld: true }, [OLAF]: { isHeld: true } }) };
  for (const id of [ALICE, OLAF])
    expect(callsWith(channels, both).get(id)).toMatchObject({ state: 'held', holding: true });
});

it('[CM4] one whose other party consults another one is held, one whose other party was parked is alone', () => {
  const consulted = [
    testChannel(ALICE, '1101 → 1102', { ...dial('1102'), ...bridge('a') }),
    testChannel(OLAF, '1102 → 1103', bridge('b')),
    testChannel(CARL, '1103 → 1102', bridge('b')),
  ];
  expect(callsWith(consulted).get(ALICE)).toMatchObject({ state: 'held', party: entry('1102') });
  const parked = new Map([[ALICE, PARKED]]);
  const left = [
    testChannel(ALICE, '1101 → 1102', { ...dial('1102'), ...bridge('parking') }),
    testChannel(OLAF, '1102 → 1101', bridge('a')),
  ];
  expect(callsWith(left, { parked }).get(OLAF)).toMatchObject({ state: 'talking', party: null });
});

const PARKED: ParkedChannel = {
  uniqueid: ALICE,
  lot: 'default',
  slot: '701',
  parkerDevice: 'PJSIP/1102',
  parkedAt: NOW - 3000,
  returnsAt: NOW + 27_000,
};

it('[CM6] parked calls share a bridge, but each is by itself: slot, by whom, and when it returns', () => {
  const channels = [ALICE, CARL].map((name) => testChannel(name, '1101 → 1102', bridge('parking')));
  const parked = new Map([
    [ALICE, PARKED],
    [CARL, { ...PARKED, uniqueid: CARL, slot: '702', parkerDevice: 'DAHDI/9', returnsAt: null }],
  ]);
  const calls = callsWith(channels, { parked });
  expect(calls.get(ALICE)).toMatchObject({
    state: 'parked',
    party: null,
    since: NOW - 3000,
    parking: { lot: 'default', slot: '701', by: entry('1102'), returnsAt: NOW + 27_000 },
  });
  expect(calls.get(CARL)?.parking).toEqual({ lot: 'default', slot: '702', by: null, returnsAt: null });
});

it('[CM6] parked lines, whose slots the account may not list, and lines that wait in one bridge, do not talk', () => {
  const together = (application: string) =>
    callsWith(
      [ALICE, CARL].map((name) => testChannel(name, '1101 → 1102', { application, ...bridge('holding') })),
    );
  for (const { state, party } of together('Park').values()) expect([state, party]).toEqual(['parked', null]);
  for (const { state, party } of together('BridgeWait').values())
    expect([state, party]).toEqual(['menu', null]);
});

it('[CM5] without Asterisk’s times a talk that was seen to begin has its time, an older one “at least”', () => {
  const channels = [
    testChannel(ALICE, '1101 → 1102', { ...dial('1102'), ...bridge('a') }),
    testChannel(OLAF, '1102 → 1101', bridge('a')),
  ];
  const first = callsWith(channels);
  expect(first.get(ALICE)).toMatchObject({ since: NOW, sinceAtLeast: true });
  const later = callsWith(channels, { previous: first, now: NOW + 9000 });
  expect(later.get(ALICE)).toMatchObject({ since: NOW, sinceAtLeast: true });

  const rang = callsWith([
    testChannel(ALICE, '1101 → 1102', calling('1102')),
    testChannel(OLAF, '1102 → 1101', ringing),
  ]);
  const seen = callsWith(channels, { previous: rang, now: NOW + 5000 });
  expect(seen.get(OLAF)).toMatchObject({ since: NOW + 5000 });
  expect(seen.get(OLAF)?.sinceAtLeast).toBeUndefined();
});

it('[CM5] a line that is not answered began when its channel did, and its next state when it was seen', () => {
  const rings = callsWith([testChannel(OLAF, '1102 → 1101', ringing)]);
  expect(rings.get(OLAF)?.since).toBe(NOW - 10_500);
  const withoutTimes = callsWith([testChannel(OLAF, '1102 → 1101', ringing)], { details: new Map() });
  expect(withoutTimes.get(OLAF)?.since).toBe(NOW - 10_000);
  const queue = { application: 'Queue', applicationData: 'support' };
  const menu = callsWith([testChannel(ALICE, '1101 → ', { application: 'Read' })]);
  const waits = callsWith([testChannel(ALICE, '1101 → ', queue)], { previous: menu, now: NOW + 1000 });
  expect(waits.get(ALICE)?.since).toBe(NOW + 1000);
  const still = callsWith([testChannel(ALICE, '1101 → ', queue)], { previous: waits, now: NOW + 9000 });
  expect(still.get(ALICE)?.since).toBe(NOW + 1000);
});

it('[CM10] a line keeps its direction: a line that picks a call up stays outgoing', () => {
  const previous = callsWith([testChannel(CARL, '1103 → ', { ...calling('*81102'), application: 'Pickup' })]);
  const picked = testChannel(CARL, '1103 → 1101', { application: 'AppDial', ...bridge('a') });
  const calls = callsWith([testChannel(ALICE, '1101 → 1103', { ...dial('1102'), ...bridge('a') }), picked], {
    previous,
  });
  expect(calls.get(CARL)).toMatchObject({ state: 'talking', incoming: false, party: entry('1101') });
});

it('[CM1] on one of several PBXs the ids of calls are its own', () => {
  const calls = callsWith([testChannel(ALICE, '1101 → 1102', calling('1102'))], { pbxId: 'berlin' });
  expect([...calls.keys()]).toEqual([`berlin/${ALICE}`]);
});

it('[CM2] an extension that calls itself has two lines', () => {
  const second = 'PJSIP/1101-0000000e';
  const calls: readonly Call[] = [
    ...callsWith([
      testChannel(ALICE, '1101 → 1101', calling('1101')),
      testChannel(second, '1101 → 1101', ringing),
    ]).values(),
  ];
  expect(calls.map(({ state }) => state)).toEqual(['dialling', 'ringing']);
});

it('[CM3] a conference counts those who still hear an announcement', () => {
  const member = { application: 'ConfBridge', applicationData: '400' };
  const calls = callsWith([
    testChannel(ALICE, '1101 → <unknown>', member),
    testChannel(OLAF, '1102 → <unknown>', { ...member, ...bridge('c') }),
    testChannel(CARL, '1103 → <unknown>', { ...member, ...bridge('c') }),
    testChannel(TRUNK, '4930123 → <unknown>', { ...member, applicationData: '401' }),
  ]);
  expect([...calls.values()].map(({ members }) => members)).toEqual([3, 3, 3, 1]);
});
