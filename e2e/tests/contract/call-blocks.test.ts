import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type AmiBlock, type RawAmi, connectRawAmi } from '../../testkit/ami/raw-ami-client.ts';
import { CALL_NUMBERS, numberFor } from '../../testkit/asterisk/calls-config.ts';
import { PEOPLE } from '../../testkit/calls/call-site.ts';
import { describeEachCallSite } from '../../testkit/calls/each-call-site.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';

const CHANNEL =
  'Channel ChannelState ChannelStateDesc CallerIDNum CallerIDName ConnectedLineNum ConnectedLineName Language AccountCode Context Exten Priority Uniqueid Linkedid'.split(
    ' ',
  );
const BRIDGE =
  'BridgeUniqueid BridgeType BridgeTechnology BridgeCreator BridgeName BridgeNumChannels BridgeVideoSourceMode'.split(
    ' ',
  );
const PARKING = ['ParkerDialString', 'Parkinglot', 'ParkingSpace', 'ParkingTimeout', 'ParkingDuration'];
const withPrefix = (prefix: string) => CHANNEL.map((name) => prefix + name);
const DIAL = [...CHANNEL, ...withPrefix('Dest')];

/** Headers of each event after `Event` and `Privilege`. */
const EVENT_HEADERS: Readonly<Record<string, readonly string[]>> = {
  Newchannel: CHANNEL,
  Newstate: CHANNEL,
  NewConnectedLine: CHANNEL,
  DialBegin: [...DIAL, 'DialString'],
  DialEnd: [...DIAL, 'DialStatus'],
  BridgeCreate: BRIDGE,
  BridgeDestroy: BRIDGE,
  BridgeEnter: [...BRIDGE, ...CHANNEL],
  BridgeLeave: [...BRIDGE, ...CHANNEL],
  Hold: [...CHANNEL, 'MusicClass'],
  Unhold: CHANNEL,
  HangupRequest: CHANNEL,
  Hangup: [...CHANNEL, 'Cause', 'Cause-txt'],
  ParkedCall: [...withPrefix('Parkee'), ...PARKING],
  UnParkedCall: [...withPrefix('Parkee'), ...withPrefix('Retriever'), ...PARKING],
  ParkedCallGiveUp: [...withPrefix('Parkee'), ...PARKING],
};

const namesOf = ({ text }: AmiBlock): string[] =>
  text.split('\r\n').map((line) => line.slice(0, line.indexOf(':')));

/** Without the cause of the technology, which is of Asterisk 22, and that of a request, which not every phone names. */
function headersOf(block: AmiBlock): string[] {
  const optional = block.name === 'HangupRequest' ? ['TechCause', 'Cause'] : ['TechCause'];
  return namesOf(block).filter((name) => !optional.includes(name));
}

await describeEachCallSite((pbx) => {
  let ami: RawAmi;
  let events: AmiBlock[] = [];

  beforeAll(async () => {
    ami = await connectRawAmi({
      port: pbx().amiPort,
      ...pbx().users.control,
      onBlock: (block) => block.kind === 'event' && !block.fields['actionid'] && events.push(block),
    });
  });
  afterAll(() => ami?.close());
  afterEach(() => pbx().site.clear());

  const getvar = async (Channel: string, Variable: string): Promise<string> =>
    (await ami.action({ Action: 'Getvar', Channel, Variable })).fields['value'] ?? '';

  const channels = () => ami.list({ Action: 'CoreShowChannels' });

  const untilChannels = (count: number, isReady: (block: AmiBlock) => boolean = () => true) =>
    waitUntil(`${count} channels`, async () => {
      const list = await channels();
      return list.length === count && list.every(isReady) ? list : undefined;
    });

  async function talk(): Promise<{ a: string; o: string }> {
    const { site } = pbx();
    await site.A.dial(PEOPLE.O);
    await site.O.answer();
    await untilChannels(2, ({ fields }) => fields['bridgeid'] !== '');
    return { a: await site.channel('A'), o: await site.channel('O') };
  }

  it('[DC1] events of a call have these headers, and come in this order for each party', async () => {
    const { site } = pbx();
    events = [];
    const { a, o } = await talk();
    await site.O.hold();
    await waitUntil('hold', () => events.some(({ name }) => name === 'Hold'));
    await site.O.resume();
    await waitUntil('resume', () => events.some(({ name }) => name === 'Unhold'));
    await site.A.hangUp();
    // A channel leaves the list before its last event.
    const isOver = (channel: string) =>
      events.some(({ name, fields }) => name === 'Hangup' && fields['channel'] === channel);
    await waitUntil('both to have hung up', () => isOver(a) && isOver(o));
    const ours = events.filter(({ name }) => name in EVENT_HEADERS);
    for (const block of ours)
      expect(headersOf(block), block.name).toEqual([
        'Event',
        'Privilege',
        ...(EVENT_HEADERS[block.name] ?? []),
      ]);
    expect(new Set(ours.map(({ fields }) => fields['privilege']))).toEqual(new Set(['call,all']));
    const of = (channel: string) =>
      ours.filter(({ fields }) => fields['channel'] === channel).map(({ name }) => name);
    expect(of(a)).toEqual([
      'Newchannel',
      'DialBegin',
      'NewConnectedLine',
      'DialEnd',
      'Newstate',
      'BridgeEnter',
      'HangupRequest',
      'BridgeLeave',
      'Hangup',
    ]);
    expect(of(o)).toEqual([
      'Newchannel',
      'NewConnectedLine',
      'Newstate',
      'Newstate',
      'BridgeEnter',
      'Hold',
      'Unhold',
      'BridgeLeave',
      'Hangup',
    ]);
  });

  it('[DC3] an item of the list of channels has 20 headers', async () => {
    const { site } = pbx();
    await site.A.dial(PEOPLE.O);
    await site.O.untilRings();
    const ringing = await untilChannels(2, ({ fields }) => fields['connectedlinenum'] !== '<unknown>');
    const tail = ['Application', 'ApplicationData', 'Duration', 'BridgeId'];
    for (const item of ringing) expect(namesOf(item)).toEqual(['Event', 'ActionID', ...CHANNEL, ...tail]);
    const byNumber = (list: readonly AmiBlock[]) =>
      Object.fromEntries(list.map(({ fields }) => [fields['calleridnum'] ?? '', fields]));
    const same = { context: 'default', exten: PEOPLE.O, priority: '1', bridgeid: '' };
    expect(byNumber(ringing)).toMatchObject({
      [PEOPLE.A]: { ...same, channelstatedesc: 'Ring', connectedlinenum: PEOPLE.O, application: 'Dial' },
      [PEOPLE.O]: {
        ...same,
        channelstatedesc: 'Ringing',
        connectedlinenum: PEOPLE.A,
        application: 'AppDial',
      },
    });
    expect(byNumber(ringing)).toMatchObject({
      [PEOPLE.A]: { applicationdata: 'PJSIP/1102,60' },
      [PEOPLE.O]: { applicationdata: '(Outgoing Line)' },
    });
    await site.O.answer();
    const talking = await untilChannels(2, ({ fields }) => fields['bridgeid'] !== '');
    expect(byNumber(talking)).toMatchObject({
      [PEOPLE.A]: { channelstate: '6', exten: PEOPLE.O, duration: expect.stringMatching(/^00:00:0\d$/) },
      [PEOPLE.O]: { channelstate: '6', exten: '', application: 'AppDial' },
    });
    expect(new Set(talking.map(({ fields }) => fields['bridgeid'])).size).toBe(1);
    expect(new Set(talking.map(({ fields }) => fields['linkedid'])).size).toBe(1);
  });

  it('[DC4] an item of the parked calls ends with the ActionID', async () => {
    const { site } = pbx();
    await talk();
    events = [];
    await site.O.transfer(CALL_NUMBERS.park);
    await waitUntil('a parked call', async () => (await ami.list({ Action: 'ParkedCalls' })).length === 1);
    const [item] = await ami.list({ Action: 'ParkedCalls' });
    if (!item) throw new Error('no parked call');
    expect(namesOf(item)).toEqual(['Event', ...withPrefix('Parkee'), ...PARKING, 'ActionID']);
    expect(item.fields).toMatchObject({
      event: 'ParkedCall',
      parkeecalleridnum: PEOPLE.A,
      parkerdialstring: `PJSIP/${PEOPLE.O}`,
      parkinglot: 'default',
      parkingspace: '701',
    });
    await site.C.dial('701');
    await waitUntil('an empty lot', async () => (await ami.list({ Action: 'ParkedCalls' })).length === 0);
    await waitUntil('UnParkedCall', () => events.some(({ name }) => name === 'UnParkedCall'));
    for (const block of events.filter(({ name }) => /^(?:Un)?ParkedCall/.test(name)))
      expect(namesOf(block)).toEqual(['Event', 'Privilege', ...(EVENT_HEADERS[block.name] ?? [])]);
  });

  it('[DC5] Getvar reads the variables and functions of a channel', async () => {
    const { site } = pbx();
    const { a, o } = await talk();
    await site.O.hold();
    await waitUntil('hold', async () => (await getvar(a, 'CHANNEL(onhold)')) === '1');
    const ids = await channels();
    const idOf = (name: string, field: string) =>
      ids.find(({ fields }) => fields['channel'] === name)?.fields[field] ?? '';
    const expected: readonly (readonly [channel: string, variable: string, value: string])[] = [
      [o, 'CHANNEL(onhold)', '0'],
      [o, 'CHANNEL(uniqueid)', idOf(o, 'uniqueid')],
      [o, 'CHANNEL(linkedid)', idOf(a, 'linkedid')],
      [o, 'CHANNEL(state)', 'Up'],
      [a, 'CHANNEL(appname)', 'Dial'],
      [a, 'BRIDGEPEER', o],
      [a, 'CALLERID(num)', PEOPLE.A],
      [a, 'CONNECTEDLINE(num)', PEOPLE.O],
      [a, 'CALLERID(pres)', 'allowed_not_screened'],
      [a, String.raw`REPLACE(CALLERID(num),\\r\\n,?)`, PEOPLE.A],
    ];
    for (const [channel, variable, value] of expected)
      expect(await getvar(channel, variable), variable).toBe(value);
    const now = Number(
      (await ami.action({ Action: 'Getvar', Variable: 'STRFTIME(,UTC,%s.%3q)' })).fields['value'],
    );
    for (const [channel, variable] of [
      [a, 'CDR(start,u)'],
      [a, 'CDR(answer,u)'],
      [o, 'CDR(answer,u)'],
    ] as const) {
      const value = await getvar(channel, variable);
      expect(value).toMatch(/^\d+\.\d{6}$/);
      expect(now - Number(value), variable).toBeGreaterThanOrEqual(-0.001);
      expect(now - Number(value), variable).toBeLessThan(30);
    }
    const unknown = await ami.action({
      Action: 'Getvar',
      Channel: 'PJSIP/nope-1',
      Variable: 'CHANNEL(onhold)',
    });
    expect(unknown.fields).toMatchObject({ response: 'Error', message: 'No such channel' });
  });

  it('[DC6] a line break in a number splits events and items; names are escaped', async () => {
    const { site } = pbx();
    events = [];
    const number = 'x\r\n\r\nEvent: Forged\r\nA: b';
    await site.X.call(PEOPLE.O, { number, name: 'q"\\z' });
    await site.O.untilRings();
    await waitUntil('a forged event', () => events.some(({ name }) => name === 'Forged'));
    const forged = events.find(({ name }) => name === 'Forged');
    expect(forged?.text).toMatch(
      /^Event: Forged\r\nA: b\r\nCallerIDName: q\\\\\\"\\\\\\\\z\r\nConnectedLineNum: /,
    );
    await channels();
    const heads = ami.blocks.filter(
      ({ name, text }) => name === 'CoreShowChannel' && text.endsWith('CallerIDNum: x'),
    );
    expect(heads.length).toBeGreaterThan(0);
    const caller = heads.at(-1)?.fields['channel'] ?? '';
    expect(await getvar(caller, String.raw`REPLACE(CALLERID(num),\\r\\n,?)`)).toBe(
      'x????Event: Forged??A: b',
    );
  });

  it('[DC6] a dialled extension splits them too, also as the name of a Local', async () => {
    const { site } = pbx();
    events = [];
    await site.X.call(numberFor.throughLocal('1\r\n\r\nEvent: Forged\r\nA: b'), { number: '030555' });
    await site.O.untilRings();
    await waitUntil('forged events', () => events.filter(({ name }) => name === 'Forged').length >= 2);
    const forged = events
      .filter(({ name }) => name === 'Forged')
      .map(({ text }) => text.split('\r\n')[1] ?? '');
    expect(forged).toContain('A: b');
    expect(forged.some((line) => /^A: b@through-[0-9a-f]{8};1$/.test(line))).toBe(true);
  });

  it('[DC6] a withheld number is shown, and only CALLERID(pres) says that it is withheld', async () => {
    const { site } = pbx();
    await site.X.call(PEOPLE.O, { number: '030555', withheld: true });
    await site.O.untilRings();
    const caller = (await channels()).find(({ fields }) => fields['calleridnum'] === '030555');
    expect(await getvar(caller?.fields['channel'] ?? '', 'CALLERID(pres)')).toMatch(/^prohib/);
  });

  it('[DC3] [DC4] [DC5] each needs its class', async () => {
    const { users, amiPort } = pbx();
    const answersTo = async (user: { username: string; secret: string }) => {
      const session = await connectRawAmi({ port: amiPort, ...user });
      try {
        const actions = [
          { Action: 'CoreShowChannels' },
          { Action: 'ParkedCalls' },
          { Action: 'Getvar', Channel: 'PJSIP/nope-1', Variable: 'CHANNEL(onhold)' },
        ];
        const answers = [];
        for (const action of actions) answers.push((await session.action(action)).fields['message'] ?? '');
        return answers;
      } finally {
        session.close();
      }
    };
    const denied = 'Permission denied';
    const [list, parked, missing] = ['Channels will follow', 'Parked calls will follow', 'No such channel'];
    expect(await answersTo(users.lampboard)).toEqual([denied, parked, missing]);
    expect(await answersTo(users.nosetvar)).toEqual([list, denied, missing]);
    expect(await answersTo(users.names)).toEqual([list, parked, missing]);
    expect(await answersTo(users.nolists)).toEqual([denied, denied, denied]);
  });
});
