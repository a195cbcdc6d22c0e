import { describe, expect, it } from 'vitest';
import type { HintState } from './facts.ts';
import { parseHint } from './hint.ts';
import { type KindCorrection, classifyHints, kindOfHint } from './kind.ts';

const hint = (number: string, text: string): HintState => {
  const [exten = '', context = 'ext-local'] = number.split('@');
  return { exten, context, hint: text, status: 0 };
};
const PERSON = 'PJSIP/1101&Custom:DND1101,CustomPresence:1101';

/** Returns the entries as `number kind`, with further numbers behind it. */
function classify(
  hints: readonly HintState[],
  corrections: Readonly<Record<string, KindCorrection>> = {},
  contexts: readonly string[] | null = null,
) {
  const numberOf = ({ exten, context }: HintState) => `${exten}@${context}`;
  const { entries, hidden } = classifyHints(hints, {
    contexts,
    correctionOf: (state) => corrections[numberOf(state)] ?? {},
  });
  const text = (entry: (typeof entries)[number]) =>
    [`${numberOf(entry)} ${entry.kind}`, ...(entry.aliases ?? []).map(numberOf)].join(' + ');
  return { entries: entries.map(text), hidden: hidden.map(text) };
}

it.each([
  ['1101', 'ext-local', PERSON, 'person'],
  ['1102', 'ext-local', ',CustomPresence:1102', 'person'],
  ['1103', 'default', 'SIP/1103', 'person'],
  ['1104', 'default', 'Custom:lamp1104,CustomPresence:1104', 'person'],
  ['71', 'park-hints', 'park:71@parkedcalls', 'parking'],
  ['70', 'park-hints', 'park:71@parkedcalls&park:72@parkedcalls', 'parking'],
  ['701', 'default', 'Park:701@default', 'parking'],
  ['8000', 'ext-meetme', 'confbridge:8000', 'conference'],
  ['8001', 'ext-meetme', 'MeetMe:8001', 'conference'],
  ['600', 'default', 'Queue:support', 'queue'],
  ['601', 'default', 'Queue:support_avail', 'other'],
  ['*280', 'app-daynight-toggle', 'Custom:DAYNIGHT0', 'switch'],
  ['*271', 'timeconditions-toggles', 'Custom:TC1', 'switch'],
  ['*28', 'default', 'Custom:night', 'switch'],
  ['*1101', 'voicemail', 'MWI:1101@default', 'mailbox'],
  ['900', 'default', 'Custom:door', 'other'],
  ['901', 'default', '', 'other'],
] as const)('[KN1] %s@%s with the hint “%s” is a %s', (exten, context, text, kind) => {
  expect(kindOfHint(exten, context, parseHint(text))).toBe(kind);
});

it('[KN1] a parking lot joins its slots', () => {
  const hints = [
    hint('70', 'park:71@parkedcalls&park:72@parkedcalls'),
    hint('71', 'park:71@parkedcalls'),
    hint('87', 'confbridge:1&confbridge:2'),
  ];
  const { entries } = classifyHints(hints, { contexts: null, correctionOf: () => ({}) });
  expect(entries.filter(({ lot }) => lot).map(({ exten }) => exten)).toEqual(['70']);
});

it.each([
  ['*8571', 'park-hints', 'park:71@parkedcalls'],
  ['*87', 'ext-meetme', 'confbridge:8000&confbridge:8001'],
  ['*761101', 'ext-dnd-hints', 'Custom:DEVDND1101'],
  ['*961101', 'ext-cf-hints', 'Custom:DEVCF1101'],
  ['*211101', 'ext-findmefollow', 'Custom:FOLLOWME1101'],
  ['*451101*600', 'ext-queues', 'Custom:QUEUE1101*600'],
  ['*461101*600', 'ext-queues', 'Queue:600_pause_Local/1101@from-queue/n'],
  ['761101', 'ext-dnd-hints', 'Custom:DND1101'],
  ['#5', 'default', 'Custom:recorder'],
  ['*801101', 'ext-local', PERSON],
] as const)('[KN2] %s@%s with the hint “%s” is a feature code', (exten, context, text) => {
  expect(kindOfHint(exten, context, parseHint(text))).toBe('feature-code');
  expect(classify([hint(`${exten}@${context}`, text)])).toMatchObject({ entries: [] });
});

describe('[KN3] hints of the same devices and presence are one entry', () => {
  it.each([
    [
      'an intercom key',
      [hint('*801101', PERSON), hint('1101', PERSON)],
      '1101@ext-local person + *801101@ext-local',
    ],
    [
      'a second context',
      [hint('1101@sales', PERSON), hint('1101@default', PERSON)],
      '1101@default person + 1101@sales',
    ],
    [
      'another spelling, and without do not disturb',
      [hint('1101', PERSON), hint('2101', 'pjsip/1101,custompresence:1101')],
      '1101@ext-local person + 2101@ext-local',
    ],
    [
      'without presence',
      [hint('1101@lobby', 'PJSIP/1101'), hint('1101', PERSON)],
      '1101@ext-local person + 1101@lobby',
    ],
    [
      'without presence, by a shorter number',
      [hint('101', 'PJSIP/1101'), hint('1101', PERSON), hint('*801101', PERSON)],
      '1101@ext-local person + 101@ext-local + *801101@ext-local',
    ],
    [
      'devices in another order',
      [hint('1101', 'PJSIP/1101&PJSIP/1101m'), hint('11010', 'PJSIP/1101m&PJSIP/1101')],
      '1101@ext-local person + 11010@ext-local',
    ],
    [
      'the code of a parking slot',
      [hint('*8571@park-hints', 'park:71@parkedcalls'), hint('71@park-hints', 'park:71@parkedcalls')],
      '71@park-hints parking + *8571@park-hints',
    ],
  ])('%s', (_, hints, expected) => {
    expect(classify(hints)).toEqual({ entries: [expected], hidden: [] });
  });

  it.each([
    ['another phone of the same presence', 'PJSIP/1102,CustomPresence:1101'],
    ['another presence at the same phone', 'PJSIP/1101,CustomPresence:1102'],
    ['a presence alone', ',CustomPresence:1101'],
    ['no devices at all', ''],
  ])('%s is another entry', (_, text) => {
    expect(classify([hint('1101', PERSON), hint('1102', text)]).entries).toHaveLength(2);
  });

  it('a phone with two presences takes no hint without one', () => {
    const hints = [
      hint('1', 'PJSIP/1,CustomPresence:1'),
      hint('2', 'PJSIP/1,CustomPresence:2'),
      hint('3', 'PJSIP/1'),
    ];
    expect(classify(hints).entries).toHaveLength(3);
  });

  it('the order of the configured contexts decides which of two equal numbers it is known by', () => {
    const hints = [hint('1101@a', PERSON), hint('1101@b', PERSON)];
    expect(classify(hints, {}, ['b', 'a']).entries).toEqual(['1101@b person + 1101@a']);
  });
});

describe('[KN5] the directory corrects', () => {
  it.each([
    [
      'the kind of an entry',
      { '1101@ext-local': { kind: 'room' } },
      ['1101@ext-local room + *801101@ext-local'],
      0,
    ],
    ['a hidden entry', { '1101@ext-local': { hidden: true } }, [], 1],
    [
      'a further number, which is an entry of its own then',
      { '*801101@ext-local': { kind: 'person' } },
      ['1101@ext-local person', '*801101@ext-local person'],
      0,
    ],
  ] as const)('%s', (_, corrections, entries, hidden) => {
    const classified = classify([hint('1101', PERSON), hint('*801101', PERSON)], corrections);
    expect(classified.entries).toEqual(entries);
    expect(classified.hidden).toHaveLength(hidden);
  });
});
