import { type Call, type CallParty, type Limits, NO_LIMITS } from '@lampboard/protocol';
import { describe, expect, it } from 'vitest';
import { boardFromSnapshot } from '../sync/board.ts';
import { testExtension, testPbx } from '../testing/test-extension.ts';
import { type CallViewer, entriesOfCall, numberIndexOf, visibleCall } from './visibility.ts';

const person = (department: string) => ({ name: 'A', department, email: '', mobile: '' });
const entry = (id: string, department: string, aliases: readonly string[] = []) => {
  const [exten = '', context = ''] = id.slice('berlin/'.length).split('@');
  return testExtension(exten, {
    id,
    context,
    person: person(department),
    ...(aliases.length > 0 && { aliases }),
  });
};

const ALICE = 'berlin/1101@default';
const OTTO = 'berlin/1102@default';
const HIDDEN = 'berlin/1103@hidden';
const QUEUE = 'berlin/500@default';
const BOARD = boardFromSnapshot({
  epoch: '',
  seq: 0,
  time: 0,
  pbxs: [testPbx('berlin'), testPbx('bern')],
  extensions: [
    entry(ALICE, 'Sales', ['berlin/*801101@hidden', 'berlin/1101@sales']),
    entry(OTTO, 'Support'),
    entry(HIDDEN, 'Board', ['berlin/*801103@hidden']),
    entry('berlin/501@hidden', 'Board'),
    entry(QUEUE, 'Sales'),
    entry('berlin/1102@hidden', 'Board'),
  ],
  calls: [],
});
const CONTEXT = { ...BOARD, numbers: numberIndexOf(BOARD.extensions.values()) };

const party = (number: string, extension?: string): CallParty => ({
  number,
  name: `Name of ${number}`,
  ...(extension !== undefined && { extension }),
});
const OUTSIDE = party('+49301234567');
const EMPTY = { number: '', name: '' };

const callOf = (fields: Partial<Call>): Call => ({
  id: 'berlin/1700000000.1',
  extensions: [ALICE],
  state: 'talking',
  incoming: true,
  since: 5,
  party: OUTSIDE,
  ...fields,
});
const lineOf = (fields: Partial<Call>) => callOf({ extensions: [], self: OUTSIDE, party: null, ...fields });
const parkedBy = (by: CallParty | null, slot = '701') =>
  lineOf({ state: 'parked', parking: { lot: '700', slot, by, returnsAt: 9 } });

interface Options extends Partial<Omit<CallViewer, 'limits'>> {
  readonly limits?: Partial<Limits>;
}

function seen(call: Call, { limits, assigned = [], others = 'full' }: Options) {
  const all = limits === undefined ? null : { ...NO_LIMITS, ...limits };
  return visibleCall(call, { limits: all, assigned, others }, CONTEXT);
}

const DEFAULT: Options = { limits: { contexts: ['default'] } };

describe('without limits', () => {
  const TALK = callOf({ party: party('1102', OTTO) });

  it.each([
    TALK,
    callOf({ extensions: [ALICE, OTTO] }),
    lineOf({ queue: '500', state: 'waiting' }),
    parkedBy(party('1101', ALICE)),
  ])('[CV2] receptionists see %j as it is', (call) => {
    expect(seen(call, {})).toBe(call);
  });

  it.each(['full', 'name-only', 'nothing'] as const)(
    '[CV1] own calls are in full where others’ are %s',
    (others) => {
      expect(seen(TALK, { assigned: [ALICE], others })).toBe(TALK);
      expect(seen(TALK, { assigned: ['berlin/*801101@hidden'], others })).toBe(TALK);
      const parked = parkedBy(party('1101', ALICE));
      expect(seen(parked, { assigned: [ALICE], others })).toBe(parked);
    },
  );

  it('[CV1] [CV2] a call with an own extension is not yet an own call of the other’s line', () => {
    expect(seen(TALK, { assigned: [OTTO], others: 'nothing' })).toBeNull();
    const otherLine = lineOf({ state: 'talking', party: party('1102', OTTO) });
    expect(seen(otherLine, { assigned: [OTTO], others: 'nothing' })).toBeNull();
    const parkedExtension = { ...parkedBy(party('1102', OTTO)), extensions: [ALICE] };
    expect(seen(parkedExtension, { assigned: [OTTO], others: 'nothing' })).toBeNull();
  });

  it('[CV3] by name only, no number of a party is left', () => {
    const call = lineOf({
      state: 'parked',
      party: party('1102', OTTO),
      parking: { lot: '700', slot: '701', by: party('1101', ALICE), returnsAt: null },
    });
    const visible = seen(call, { others: 'name-only' });
    expect(visible).toMatchObject({
      self: { number: '', name: '' },
      party: { number: '', extension: OTTO },
      parking: { slot: '701', by: { number: '', extension: ALICE } },
    });
    expect(JSON.stringify(visible)).not.toContain(OUTSIDE.number);
  });

  it.each([
    ['Zoë Chen', 'Zoë Chen'],
    ['Studio 54', 'Studio 54'],
    ['1105', ''],
    ['+49 (30) 12-34', ''],
    ['Chen 030 12345', ''],
    ['Door 201', ''],
    ['Ἀλέξης', 'Ἀλέξης'],
    ['王', '王'],
    ['٠٣٠١٢٣', ''],
    ['', ''],
  ])('[CV3] by name only, the name “%s” is sent as “%s”', (name, expected) => {
    const visible = seen(callOf({ party: { number: '201', name } }), { others: 'name-only' });
    expect(visible?.party).toEqual({ number: '', name: expected });
  });

  it('[CV3] by name only, a withheld number is still said to be withheld', () => {
    const withheld = { number: '', name: '', withheld: true };
    expect(seen(callOf({ party: withheld }), { others: 'name-only' })?.party).toEqual(withheld);
  });
});

describe('with limits', () => {
  it.each<[string, Call, Options, Partial<Call> | null]>([
    ['of a visible entry', callOf({}), DEFAULT, { party: OUTSIDE, extensions: [ALICE] }],
    ['of none', callOf({ extensions: [HIDDEN] }), DEFAULT, null],
    ['of an entry that the board does not have', callOf({ extensions: ['berlin/9@default'] }), DEFAULT, null],
    ['of several', callOf({ extensions: [HIDDEN, OTTO] }), DEFAULT, { extensions: [OTTO] }],
    [
      'known by another number',
      callOf({ party: party('1101', ALICE) }),
      { limits: { contexts: ['sales'] } },
      { extensions: ['berlin/1101@sales'], party: party('1101', 'berlin/1101@sales') },
    ],
    ['of another PBX', callOf({}), { limits: { pbxs: ['bern'] } }, null],
    [
      'of this PBX',
      callOf({ party: party('1103', HIDDEN) }),
      { limits: { pbxs: ['berlin'] } },
      { party: party('1103', HIDDEN) },
    ],
    ['of the department', callOf({}), { limits: { departments: ['Sales'] } }, { party: OUTSIDE }],
    [
      'of an own extension',
      callOf({ extensions: [HIDDEN] }),
      { ...DEFAULT, assigned: [HIDDEN] },
      { extensions: [HIDDEN] },
    ],
  ])('[CV4] a call %s', (_, call, options, expected) => {
    const visible = seen(call, options);
    if (expected === null) expect(visible).toBeNull();
    else expect(visible).toEqual({ ...call, ...expected });
  });

  it.each<[string, CallParty, CallParty]>([
    ['outside', OUTSIDE, OUTSIDE],
    ['visible', party('1101', ALICE), party('1101', ALICE)],
    ['visible, by a number that is not', party('*801101', ALICE), { ...party('*801101', ALICE), number: '' }],
    ['not visible', party('1103', HIDDEN), EMPTY],
    ['not visible, and its number withheld', { ...party('', HIDDEN), withheld: true }, EMPTY],
    ['not on the board', party('9', 'berlin/9@default'), EMPTY],
    ['not named, with a number that is not visible', party('*801103'), EMPTY],
    ['not named, with a number of several, one not visible', party('1102'), EMPTY],
    ['withheld', { ...EMPTY, withheld: true }, { ...EMPTY, withheld: true }],
  ])('[CV5] the other party is %s', (_, reported, expected) => {
    const call = callOf({ party: reported });
    expect(seen(call, DEFAULT)).toEqual({ ...call, party: expected });
    const parked = {
      ...call,
      party: null,
      parking: { lot: '700', slot: '701', by: reported, returnsAt: null },
    };
    expect(seen(parked, DEFAULT)?.parking?.by).toEqual(expected);
    const line = lineOf({ self: reported, party: party('1101', ALICE) });
    expect(seen(line, DEFAULT)?.self).toEqual(expected);
  });

  it('[CV5] an own call shows what the phone shows, without ids that are not visible', () => {
    const call = callOf({ party: party('1103', HIDDEN), queue: '501' });
    for (const others of ['full', 'name-only', 'nothing'] as const)
      expect(seen(call, { ...DEFAULT, assigned: [ALICE], others })).toEqual({
        ...call,
        party: party('1103'),
      });
  });

  it.each([
    ['queue', { queue: '501' }, { queue: '' }],
    ['conference', { room: '501' }, { room: '' }],
    ['mailbox', { mailbox: '1103' }, { mailbox: '' }],
    ['queue that is visible', { queue: '500' }, { queue: '500' }],
    ['queue without an entry', { queue: 'support' }, { queue: 'support' }],
  ])('[CV5] the call of a visible entry names a %s', (_, fields, expected) => {
    expect(seen(callOf(fields), DEFAULT)).toEqual(callOf(expected));
  });

  it.each<[string, Call, Options, boolean]>([
    ['that talks with a visible entry', lineOf({ party: party('1101', ALICE) }), DEFAULT, true],
    ['that talks with another', lineOf({ party: party('1103', HIDDEN) }), DEFAULT, false],
    ['that talks with the outside', lineOf({ party: OUTSIDE }), DEFAULT, false],
    ['that is said to be a visible entry', lineOf({ self: party('1101', ALICE) }), DEFAULT, true],
    ['that waits in a visible queue', lineOf({ queue: '500' }), DEFAULT, true],
    ['that waits in another', lineOf({ queue: '501' }), DEFAULT, false],
    ['that waits in a queue without an entry', lineOf({ queue: 'support' }), DEFAULT, false],
    ['that leaves a message for a visible entry', lineOf({ mailbox: '1101' }), DEFAULT, true],
    ['that leaves a message for another', lineOf({ mailbox: '1103' }), DEFAULT, false],
    ['that leaves a message where two entries have the number', lineOf({ mailbox: '1102' }), DEFAULT, false],
    ['that a visible entry parked', parkedBy(party('1101', ALICE)), DEFAULT, true],
    ['that another parked', parkedBy(party('1103', HIDDEN)), DEFAULT, false],
    ['that nobody parked', parkedBy(null), DEFAULT, false],
    ['that stands on a visible slot', parkedBy(null, '500'), DEFAULT, true],
    ['that the account parked', parkedBy(party('1103', HIDDEN)), { ...DEFAULT, assigned: [HIDDEN] }, true],
    ['in a menu', lineOf({ state: 'menu' }), DEFAULT, false],
    [
      'in a menu of a PBX that is visible as a whole',
      lineOf({ state: 'menu' }),
      { limits: { pbxs: ['berlin'] } },
      true,
    ],
    ['in a menu of another PBX', lineOf({ state: 'menu' }), { limits: { pbxs: ['bern'] } }, false],
    [
      'in a menu of a PBX of which a part is visible',
      lineOf({ state: 'menu' }),
      { limits: { pbxs: ['berlin'], departments: ['Sales'] } },
      false,
    ],
  ])('[CV6] an outside line %s is visible: %s', (_, call, options, isVisible) => {
    expect(seen(call, options) !== null).toBe(isVisible);
  });

  it('[CV2] [CV4] users see others’ calls by both rules', () => {
    const call = callOf({ extensions: [ALICE, HIDDEN], party: { number: '030', name: 'Zoë' } });
    expect(seen(call, { ...DEFAULT, others: 'nothing' })).toBeNull();
    expect(seen(call, { ...DEFAULT, others: 'name-only' })).toEqual({
      ...call,
      extensions: [ALICE],
      party: { number: '', name: 'Zoë' },
    });
  });
});

it('[CV4] what a call depends on are all entries that it names, by id or by number', () => {
  const call = callOf({
    party: party('1102', OTTO),
    queue: '500',
    mailbox: '1103',
    parking: { lot: '501', slot: '701', by: party('*801101'), returnsAt: null },
  });
  const ids = [ALICE, OTTO, 'berlin/1102@hidden', QUEUE, HIDDEN, 'berlin/501@hidden'];
  expect(new Set(entriesOfCall(call, CONTEXT))).toEqual(new Set(ids));
});
