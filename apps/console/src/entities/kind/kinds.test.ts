import { KINDS, LAMPS, type Kind, type Lamp } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { translateEnglish } from '../../i18n/translate.ts';
import { personNamed, testExtension, testLine } from '../../testing/fixtures.ts';
import { accessibleName, displayName } from '../extension/accessible-name.ts';
import { functionCounts } from '../extension/group-counts.tsx';
import { type GroupedKind, lampLabel } from './kinds.ts';

const t = translateEnglish;

it.each<[Kind, Lamp, string]>([
  ['switch', 'in-use', 'On'],
  ['switch', 'idle', 'Off'],
  ['parking', 'in-use', 'Taken'],
  ['parking', 'idle', 'Free'],
  ['queue', 'ringing', 'Callers waiting'],
  ['queue', 'idle', 'Nobody waiting'],
  ['conference', 'in-use', 'In use'],
  ['conference', 'idle', 'Empty'],
  ['mailbox', 'in-use', 'New messages'],
  ['mailbox', 'idle', 'No new messages'],
  ['room', 'in-use', 'On a call'],
  ['room', 'idle', 'Idle'],
  ['other', 'in-use', 'In use'],
  ['parking', 'unavailable', 'Offline'],
  ['switch', 'unknown', 'Unknown'],
])('[KP4] the lamp of a %s that is %s reads “%s”', (kind, lamp, label) => {
  expect(lampLabel(t, { kind }, lamp)).toBe(label);
  expect(accessibleName(t, testLine(kind, '71', { lamp }), { live: true })).toMatch(
    new RegExp(`, ${label}$`),
  );
});

it('[KP4] a lot is no slot', () => {
  expect(lampLabel(t, { kind: 'parking', lot: true }, 'in-use')).toBe('Some slots taken');
});

it('[KP4] whatever the kind, free and in use never read the same', () => {
  for (const kind of KINDS) {
    expect(new Set(['idle', 'in-use', 'unavailable', 'unknown'].map((lamp) => label(kind, lamp))).size).toBe(
      4,
    );
  }
});
const label = (kind: Kind, lamp: string) =>
  LAMPS.filter((other) => other === lamp)
    .map((other) => lampLabel(t, { kind }, other))
    .join();

it('[KP4] the accessible name says what it is, and its name', () => {
  const line = testLine('switch', '*280', { person: personNamed('Night service'), lamp: 'in-use' });
  expect(accessibleName(t, line, { live: true })).toBe('*280 Night service, Switch, On');
  expect(accessibleName(t, line, { live: false })).toBe('*280 Night service, Switch, last known: On');
});

it.each<[Kind, string, string]>([
  ['parking', '71', 'Parking 71'],
  ['queue', '600', 'Queue 600'],
  ['conference', '8000', 'Conference 8000'],
  ['switch', '*280', 'Switch *280'],
  ['mailbox', '*1101', 'Mailbox *1101'],
  ['room', '1141', 'Room 1141'],
  ['other', '900', 'Extension 900'],
  ['person', '1101', 'Extension 1101'],
])('[KP5] without a name, a %s is called by its kind and number', (kind, exten, name) => {
  expect(displayName(t, testLine(kind, exten))).toBe(name);
  expect(displayName(t, testLine(kind, exten, { person: personNamed('Hall') }))).toBe('Hall');
});

it('[KP5] so is a parking lot', () => {
  expect(displayName(t, testLine('parking', '70', { lot: true }))).toBe('Parking lot 70');
});

it.each<[GroupedKind, Lamp, string]>([
  ['queue', 'ringing', '1 of 3 with callers waiting'],
  ['parking', 'in-use', '1 of 3 taken'],
  ['conference', 'in-use', '1 of 3 in use'],
  ['switch', 'in-use', '1 of 3 on'],
  ['mailbox', 'in-use', '1 of 3 with new messages'],
])('[KP3] counts a group of kind %s in its words', (kind, lamp, counts) => {
  const lines = [
    testLine(kind, '1', { lamp }),
    testLine(kind, '2'),
    testLine(kind, '3', { lamp: 'unavailable' }),
  ];
  expect(functionCounts(t, lines, kind)).toBe(counts);
});

it('[KP3] counts no lot among its slots, and of rooms those on a call', () => {
  const lot = testLine('parking', '70', { lot: true, lamp: 'in-use' });
  expect(functionCounts(t, [lot, testLine('parking', '71', { lamp: 'in-use' })], 'parking')).toBe(
    '1 of 1 taken',
  );
  expect(functionCounts(t, [lot], 'parking')).toBe('1 of 1 taken');
  const room = testExtension('1141', { kind: 'room', presence: null, lamp: 'ringing' });
  expect(functionCounts(t, [room, { ...room, lamp: 'in-use' }], 'room')).toBe('1 of 2 on a call');
});
