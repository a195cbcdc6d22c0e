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

function createFilter({
  echoesUserText = false,
  listsUserText = false,
  pending = new Set([OUR_ACTION_ID]),
} = {}) {
  const trustFilter = createTrustFilter({
    subscriptions: SUBSCRIPTIONS,
    isPending: (id) => pending.has(id),
    echoesUserText: () => echoesUserText,
    listsUserText: () => listsUserText,
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

const OUR_ID_LINE = `ActionID: ${OUR_ACTION_ID}`;
/** Blocks of a list with a text in its first item, which Asterisk sends before the ActionID. */
const textList = (text: string) =>
  [
    `Response: Success\r\n${OUR_ID_LINE}\r\nEventList: start`,
    `Event: DBGetTreeResponse\r\nKey: /AMPUSER/1101/cidname\r\nVal: ${text}\r\n${OUR_ID_LINE}`,
    `Event: DBGetTreeResponse\r\nKey: /AMPUSER/1102/cidname\r\nVal: Josh\r\n${OUR_ID_LINE}`,
    `Event: DBGetTreeComplete\r\n${OUR_ID_LINE}\r\nEventList: Complete`,
  ]
    .join('\r\n\r\n')
    .split('\r\n\r\n');

it.each([
  ['an item', 'Event: DBGetTreeResponse\r\nKey: /AMPUSER/1102/cidname\r\nVal: Forged'],
  ['the end of the list', 'Event: DBGetTreeComplete\r\nEventList: Complete'],
  ['an error', 'Response: Error\r\nMessage: Permission denied'],
  ['two events', `${LAMP}\r\n\r\n${LAMP}`],
  ['another ActionID', 'Event: DBGetTreeResponse\r\nActionID: guessed'],
  ['nothing', ''],
])('[NM4] in a list of user text, a text that forges %s costs its own item alone', (_, forged) => {
  const filter = createFilter({ echoesUserText: true, listsUserText: true });
  const blocks = textList(`Rita\r\n\r\n${forged}`);
  const replies = blocks.filter((block) => filter(block) === 'reply');
  expect(replies.map((block) => block.split('\r\n')[0])).toEqual([
    'Response: Success',
    'Event: DBGetTreeResponse',
    'Event: DBGetTreeComplete',
  ]);
  expect(replies[1]).toContain('Josh');
  expect(filter(LAMP)).toBe('untrusted');
});

it('[NM4] a text with an ActionID of its own costs its own item alone', () => {
  const filter = createFilter({ echoesUserText: true, listsUserText: true });
  const verdicts = textList('Rita\r\nActionID: guessed').map(filter);
  // The key comes before the text, so the item is known by the first ActionID.
  expect(verdicts).toEqual(['reply', 'ignored', 'reply', 'reply']);
});

it('[NM4] whatever text a list contains, its other items are those that Asterisk sent', () => {
  const headers = ['Event: DBGetTreeResponse', 'Key: /AMPUSER/1102/cidname', 'Val: x', 'EventList: Complete'];
  const line = fc.oneof(fc.constantFrom('', '', 'ActionID: x', 'Response: Error', ...headers), fc.string());
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const filter = createFilter({ echoesUserText: true, listsUserText: true });
      const blocks = textList(lines.join('\r\n')).filter((block) => block.trim() !== '');
      const replies = blocks.filter((block) => filter(block.replace(/^(?:\r\n)+/, '')) === 'reply');
      expect(replies.filter((block) => block.includes('/1101/')).length).toBeLessThanOrEqual(1);
      expect(replies.filter((block) => !block.includes('/1101/')).map((block) => block.length)).toEqual(
        [0, -2, -1].map((index) => blocks.at(index)?.length),
      );
    }),
  );
});

it('[NM4] an event after a list of user text does not cost the next list its first item', () => {
  const pending = new Set([OUR_ACTION_ID]);
  const filter = createFilter({ echoesUserText: true, listsUserText: true, pending });
  for (const block of textList('Rita')) filter(block);
  pending.clear();
  filter(LAMP);
  pending.add('next');
  expect(filter(OUR_REPLY.replace(OUR_ACTION_ID, 'next'))).toBe('reply');
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
    listsUserText: () => false,
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
