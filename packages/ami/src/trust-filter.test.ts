import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTrustFilter } from './trust-filter.ts';
import type { EventSubscription } from './types.ts';
import { createFramer } from './transport/framer.ts';

const OUR_ACTION_ID = 'b9c8';
const LAMP = 'Event: ExtensionStatus\r\nExten: 1102\r\nStatus: 8';
const SPOOFABLE_EVENT = 'Event: PresenceStatus\r\nExten: 1101\r\nMessage: hello';
const OUR_REPLY = `Response: Success\r\nActionID: ${OUR_ACTION_ID}\r\nPing: Pong`;

const SUBSCRIPTIONS: readonly EventSubscription[] = [
  { name: 'ExtensionStatus', identifiedBy: ['Exten', 'Context'], lastHeader: 'Status' },
  { name: 'PresenceStateChange', identifiedBy: ['Presentity'], lastHeader: 'Status' },
  {
    name: 'DeviceStateChange',
    identifiedBy: ['Device'],
    lastHeader: 'State',
    spoofable: { header: 'Device', prefix: 'Local/' },
  },
];

function createFilter({ echoesUserText = false } = {}) {
  const trustFilter = createTrustFilter({
    subscriptions: SUBSCRIPTIONS,
    isPending: (id) => id === OUR_ACTION_ID,
    echoesUserText: () => echoesUserText,
  });
  return (block: string) => trustFilter(Buffer.from(block));
}

it('[AM5] accepts subscribed events and replies to pending actions, and ignores the rest', () => {
  const filter = createFilter();
  expect(filter(LAMP)).toBe('trusted');
  const presence = 'Event: PresenceStateChange\r\nPresentity: CustomPresence:1101\r\nStatus: away';
  expect(filter(presence)).toBe('trusted');
  expect(filter(OUR_REPLY)).toBe('reply');
  for (const ignored of [
    'Event: Newchannel\r\nChannel: PJSIP/1',
    'Event: Close\r\nA: b',
    'Event: ExtensionStatusX\r\nExten: 1102',
    'Event: ExtensionStat\r\nExten: 1102',
    'event: ExtensionStatus\r\nExten: 1102',
    'Response: Success\r\nMessage: Variable Set',
    'Shutdown: Cleanly',
  ])
    expect(filter(ignored)).toBe('ignored');
});

it('[AM7] trusts no event after one that relays an unescaped caller ID', () => {
  const filter = createFilter();
  filter('Event: Newchannel\r\nChannel: PJSIP/anonymous-1\r\nCallerIDNum: ');
  expect(filter(LAMP)).toBe('untrusted');
  filter(OUR_REPLY);
  expect(filter(LAMP)).toBe('trusted');
});

it('[AM7] trusts no event after an unescaped one until the next reply', () => {
  const filter = createFilter();
  filter(SPOOFABLE_EVENT);
  expect(filter(LAMP)).toBe('untrusted');
  expect(filter(OUR_REPLY)).toBe('reply');
  expect(filter(LAMP)).toBe('trusted');
});

it('[AM7] ignores an ActionID inside user text', () => {
  const filter = createFilter();
  filter(`${SPOOFABLE_EVENT}\r\nActionID: guessed`);
  expect(filter(LAMP)).toBe('untrusted');
  const complete = 'Event: ExtensionStatusComplete\r\nActionID: guessed\r\nEventList: Complete';
  expect(filter(complete)).toBe('ignored');
  expect(filter(LAMP)).toBe('untrusted');
});

it('[AM7] does not trust events after a reply that echoes user text', () => {
  const filter = createFilter({ echoesUserText: true });
  expect(filter(OUR_REPLY)).toBe('reply');
  expect(filter(LAMP)).toBe('untrusted');
});

it('[AM7] trusts no event between any user text and the next reply', () => {
  const headers = ['Exten: 1102', 'Status: 8', 'Response: Success', 'ActionID: x', 'Event: PresenceStatus'];
  const line = fc.oneof(fc.constant(''), fc.constantFrom('Event: ExtensionStatus', ...headers), fc.string());
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const filter = createFilter();
      const stream = `${SPOOFABLE_EVENT}${lines.join('\r\n')}\r\n\r\n`;
      const blocks = stream.split('\r\n\r\n').filter((block) => block !== '');
      expect(blocks.filter((block) => !/untrusted|ignored/.test(filter(block)))).toEqual([]);
    }),
  );
});

it('[AM13] ignoring 40,000 events of a busy PBX takes less than 100 ms of CPU time', () => {
  const noise = `Event: Newchannel\r\nPrivilege: call,all\r\n${'CallerIDName: Alice Chen\r\n'.repeat(14)}\r\n`;
  const chunk = Buffer.from(noise.repeat(100));
  const framer = createFramer();
  framer.push(Buffer.from('Asterisk Call Manager/11.0.0\r\n'), () => {});
  const filter = createTrustFilter({
    subscriptions: [...SUBSCRIPTIONS, { name: 'Reload', identifiedBy: [] }],
    isPending: () => false,
    echoesUserText: () => false,
  });
  const costs: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const startUsage = process.cpuUsage();
    for (let count = 0; count < 400; count += 1) framer.push(chunk, filter);
    const { user, system } = process.cpuUsage(startUsage);
    costs.push((user + system) / 1000);
  }
  expect(Math.min(...costs)).toBeLessThan(100);
});

/** Extensions that a phone subscribes to, as they appear in events and lists. */
const SUBSCRIBED_EXTENSIONS = ['1101', '1101\r\nContext:default\r\nStatus:8'];

it.each(SUBSCRIBED_EXTENSIONS)(
  '[AM15] does not trust events after a list item truncated inside an extension: %j',
  (exten) => {
    const filter = createFilter();
    const item = `Event: ExtensionStatus\r\nActionID: ${OUR_ACTION_ID}\r\nExten: `;
    expect(filter(item + exten)).toBe('reply');
    expect(filter(LAMP)).toBe('untrusted');
    expect(filter(`${item}1101\r\nStatus: 0`)).toBe('reply');
    expect(filter(LAMP)).toBe('trusted');
  },
);

it('[AM15] does not trust events after a device event with a dialled name or a truncated one', () => {
  const filter = createFilter();
  const device = (name: string, rest = '\r\nState: INUSE') =>
    filter(`Event: DeviceStateChange\r\nPrivilege: call,all\r\nDevice: ${name}${rest}`);
  expect(device('PJSIP/1101')).toBe('trusted');
  for (const [name, rest] of [
    ['Local/1101@from-queue'],
    ['Custom:x', '\r\nState:INUSE'],
    ['Custom:x', ''],
  ] as const) {
    expect(device(name, rest)).toBe('ignored');
    expect(filter(LAMP)).toBe('untrusted');
    expect(device('PJSIP/1101')).toBe('untrusted');
    expect(filter(OUR_REPLY)).toBe('reply');
  }
});

it.each(SUBSCRIBED_EXTENSIONS)(
  '[AM15] ignores an event truncated inside an extension and does not trust those after it: %j',
  (exten) => {
    const filter = createFilter();
    expect(filter(`Event: ExtensionStatus\r\nPrivilege: call,all\r\nExten: ${exten}`)).toBe('ignored');
    expect(filter(LAMP)).toBe('untrusted');
  },
);
