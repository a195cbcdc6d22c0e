import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDoor } from './door.ts';
import { createFramer } from './framer.ts';

const OURS = 'b9c8';
const LAMP = 'Event: ExtensionStatus\r\nExten: 1102\r\nStatus: 8';
const TYPED = 'Event: PresenceStatus\r\nExten: 1101\r\nMessage: hello';
const ANSWER = `Response: Success\r\nActionID: ${OURS}\r\nPing: Pong`;

function open({ unescaped = false } = {}) {
  const verdict = createDoor({
    wanted: ['ExtensionStatus', 'PresenceStateChange', 'DeviceStateChange'],
    isPending: (id) => id === OURS,
    isUnescaped: () => unescaped,
  });
  return (block: string) => verdict(Buffer.from(block));
}

it('[AM5] lets wanted events and answers to our own actions pass, and nothing else', () => {
  const door = open();
  expect(door(LAMP)).toBe('believed');
  expect(door('Event: PresenceStateChange\r\nPresentity: CustomPresence:1101\r\nStatus: away')).toBe(
    'believed',
  );
  expect(door(ANSWER)).toBe('own');
  for (const unwanted of [
    'Event: Newchannel\r\nChannel: PJSIP/1',
    'Event: Close\r\nA: b',
    'Event: ExtensionStatusX\r\nExten: 1102',
    'Event: ExtensionStat\r\nExten: 1102',
    'event: ExtensionStatus\r\nExten: 1102',
    'Response: Success\r\nMessage: Variable Set',
    'Shutdown: Cleanly',
  ])
    expect(door(unwanted)).toBe('unwanted');
});

it('[AM7] believes nothing unasked behind an event that relays a caller ID as it is', () => {
  const door = open();
  door('Event: Newchannel\r\nChannel: PJSIP/anonymous-1\r\nCallerIDNum: ');
  expect(door(LAMP)).toBe('doubted');
  door(ANSWER);
  expect(door(LAMP)).toBe('believed');
});

it('[AM7] believes nothing unasked after an unescaped event, until an answer of its own', () => {
  const door = open();
  door(TYPED);
  expect(door(LAMP)).toBe('doubted');
  expect(door(ANSWER)).toBe('own');
  expect(door(LAMP)).toBe('believed');
});

it('[AM7] is not calmed by an ActionID inside the typed text', () => {
  const door = open();
  door(`${TYPED}\r\nActionID: guessed`);
  expect(door(LAMP)).toBe('doubted');
  expect(door('Event: ExtensionStatusComplete\r\nActionID: guessed\r\nEventList: Complete')).toBe('unwanted');
  expect(door(LAMP)).toBe('doubted');
});

it('[AM7] doubts what follows an answer that repeats text as it is', () => {
  const door = open({ unescaped: true });
  expect(door(ANSWER)).toBe('own');
  expect(door(LAMP)).toBe('doubted');
});

it('[AM7] whatever somebody typed, no event is believed between it and our next answer', () => {
  const line = fc.oneof(
    fc.constant(''),
    fc.constantFrom(
      'Event: ExtensionStatus',
      'Exten: 1102',
      'Status: 8',
      'Response: Success',
      'ActionID: x',
      'Event: PresenceStatus',
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const door = open();
      const stream = `${TYPED}${lines.join('\r\n')}\r\n\r\n`;
      const blocks = stream.split('\r\n\r\n').filter((block) => block !== '');
      expect(blocks.filter((block) => !/doubted|unwanted/.test(door(block)))).toEqual([]);
    }),
  );
});

it('[AM13] 40,000 events of a busy PBX that nobody wants cost under 100 ms of processor time', () => {
  const noise = `Event: Newchannel\r\nPrivilege: call,all\r\n${'CallerIDName: Alice Chen\r\n'.repeat(14)}\r\n`;
  const pieces = Buffer.from(noise.repeat(100));
  const framer = createFramer();
  framer.push(Buffer.from('Asterisk Call Manager/11.0.0\r\n'), () => {});
  const door = createDoor({
    wanted: ['ExtensionStatus', 'Reload'],
    isPending: () => false,
    isUnescaped: () => false,
  });
  const costs: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const before = process.cpuUsage();
    for (let piece = 0; piece < 400; piece += 1) framer.push(pieces, door);
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / 1000);
  }
  expect(Math.min(...costs)).toBeLessThan(100);
});

/** What telephones put into the extension that they subscribe to, which then stands in events and in lists. */
const SUBSCRIBED = ['1101', '1101\r\nContext:default\r\nStatus:8'];

it.each(SUBSCRIBED)(
  '[AM15] a list item that ends inside an extension puts what follows in doubt: %j',
  (exten) => {
    const door = open();
    expect(door(`Event: ExtensionStatus\r\nActionID: ${OURS}\r\nExten: ${exten}`)).toBe('own');
    expect(door(LAMP)).toBe('doubted');
    expect(door(`Event: ExtensionStatus\r\nActionID: ${OURS}\r\nExten: 1101\r\nStatus: 0`)).toBe('own');
    expect(door(LAMP)).toBe('believed');
  },
);

it('[AM15] a device that bears what somebody dialled, and one that ends early, put what follows in doubt', () => {
  const door = open();
  const device = (name: string, rest = '\r\nState: INUSE') =>
    door(`Event: DeviceStateChange\r\nPrivilege: call,all\r\nDevice: ${name}${rest}`);
  expect(device('PJSIP/1101')).toBe('believed');
  for (const [name, rest] of [
    ['Local/1101@from-queue'],
    ['Custom:x', '\r\nState:INUSE'],
    ['Custom:x', ''],
  ] as const) {
    expect(device(name, rest)).toBe('unwanted');
    expect(door(LAMP)).toBe('doubted');
    expect(device('PJSIP/1101')).toBe('doubted');
    expect(door(ANSWER)).toBe('own');
  }
});

it.each(SUBSCRIBED)('[AM15] so does an event, which is not believed itself: %j', (exten) => {
  const door = open();
  expect(door(`Event: ExtensionStatus\r\nPrivilege: call,all\r\nExten: ${exten}`)).toBe('unwanted');
  expect(door(LAMP)).toBe('doubted');
});
