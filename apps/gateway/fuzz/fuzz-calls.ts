import { once } from 'node:events';
import { createServer } from 'node:net';
import { createAmiClient } from '@lampboard/ami';
import { type Random, createRandom } from '@lampboard/demo-pbx';
import { CALLS_PROFILE, parseChannels } from '../src/calls/channel-list.ts';
import { createParkedCalls } from '../src/calls/parked-calls.ts';

/** As long as no channel driver lets a caller type. */
const MAX_TEXT_LENGTH = 600;
const USER = { username: 'calls', secret: 'fuzz' };

interface Line {
  readonly name: string;
  readonly uniqueid: string;
  readonly number?: string;
  readonly connected?: string;
  readonly exten?: string;
  readonly data?: string;
}

/** Lines that the caller has no part in. */
const OTHERS: readonly Line[] = [
  { name: 'PJSIP/1101-00000001', uniqueid: '1795391747.1', number: '1101', connected: '1102' },
  { name: 'PJSIP/1102-00000002', uniqueid: '1795391747.2', number: '1102', connected: '1101' },
];

function itemOf(line: Line, prefix = ''): string[] {
  const { name, uniqueid, number = '', connected = '', exten = '' } = line;
  return [
    `Channel: ${name}`,
    'ChannelState: 6',
    'ChannelStateDesc: Up',
    `CallerIDNum: ${number}`,
    'CallerIDName: <unknown>',
    `ConnectedLineNum: ${connected}`,
    'ConnectedLineName: <unknown>',
    'Language: en',
    'AccountCode: ',
    'Context: default',
    `Exten: ${exten}`,
    'Priority: 1',
    `Uniqueid: ${uniqueid}`,
    'Linkedid: 1795391747.1',
  ].map((header) => prefix + header);
}

const channelItem = (line: Line, id: string) => [
  'Event: CoreShowChannel',
  `ActionID: ${id}`,
  ...itemOf(line),
  'Application: Dial',
  `ApplicationData: ${line.data ?? ''}`,
  'Duration: 00:00:03',
  `BridgeId: bridge`,
];

const parkedItem = (line: Line, id: string) => [
  'Event: ParkedCall',
  ...itemOf(line, 'Parkee'),
  'ParkerDialString: PJSIP/1104',
  'Parkinglot: default',
  `ParkingSpace: 70${line.uniqueid.at(-1)}`,
  'ParkingTimeout: 30',
  'ParkingDuration: 2',
  `ActionID: ${id}`,
];

const blockOf = (lines: readonly string[]) => `${lines.join('\r\n')}\r\n\r\n`;

/** Texts that a caller types: pieces of lists and replies, and whole items of others. */
function typedText(random: Random): string {
  const [victim = OTHERS[0]] = random.chance(0.5) ? OTHERS : OTHERS.toReversed();
  const forged = victim === undefined ? [] : [...channelItem(victim, 'x'), ...parkedItem(victim, 'x')];
  const pieces = [
    '\r\n',
    '\r\n\r\n',
    '\n',
    '\r',
    '\0',
    ...': |7|é|__proto__: x|1: x|Event: CoreShowChannelsComplete|Event: ParkedCallsComplete|EventList: Complete'.split(
      '|',
    ),
    ...'ListItems: 0|Response: Success|Response: Error|Message: Permission denied|ActionID: x|ActionID: '.split(
      '|',
    ),
    ...forged,
    forged.slice(0, 20).join('\r\n'),
    forged.slice(6, 20).join('\r\n'),
    forged.slice(16, 20).join('\r\n'),
  ];
  let text = '77';
  for (let count = 1 + Math.floor(random.between(0, 14)); count > 0; count -= 1)
    text += (random.pick(pieces) ?? '') + (random.chance(0.6) ? '\r\n' : '');
  return text.slice(0, MAX_TEXT_LENGTH);
}

/** Starts an Asterisk that lists these lines and parked calls. */
async function startServer(state: { lines: readonly Line[] }) {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.write('Asterisk Call Manager/11.0.0\r\n');
    socket.on('error', () => socket.destroy());
    let rest = '';
    socket.on('data', (bytes) => {
      const actions = (rest + bytes.toString()).split('\r\n\r\n');
      rest = actions.pop() ?? '';
      for (const text of actions) {
        const action = /^action: (.*)$/im.exec(text)?.[1]?.trim() ?? '';
        const id = /^actionid: (.*)$/im.exec(text)?.[1]?.trim() ?? '';
        const toItem = { CoreShowChannels: channelItem, ParkedCalls: parkedItem }[action];
        const items = toItem === undefined ? [] : state.lines.map((line) => toItem(line, id));
        const end = [`Event: ${action}Complete`, `ActionID: ${id}`, 'EventList: Complete'];
        const blocks = [
          ['Response: Success', `ActionID: ${id}`, 'Message: ok'],
          ...items,
          ...(toItem === undefined ? [] : [[...end, `ListItems: ${items.length}`]]),
        ];
        socket.write(blocks.map(blockOf).join(''));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no TCP port.');
  return { port: address.port, close: () => server.close() };
}

/**
 * Lists channels among which a caller has typed anything into its number, its dialled extension or its application, and into
 * the line that it rings: no item of another line may change, be added or go. Resolves to the text that did it, or null.
 */
export async function fuzzCalls({ seed, inputs }: { seed: number; inputs: number }): Promise<string | null> {
  const random = createRandom({ seed });
  const state: { lines: readonly Line[] } = { lines: OTHERS };
  const server = await startServer(state);
  const ami = createAmiClient({ host: '127.0.0.1', port: server.port, ...USER, profile: CALLS_PROFILE });
  try {
    await new Promise<void>((resolve) =>
      ami.start({
        onState: ({ kind }) => kind === 'live' && resolve(),
        onResyncNeeded() {},
        onEvent() {},
        onUntrustedEvent() {},
      }),
    );
    const parked = createParkedCalls({ ami, now: Date.now });
    const list = async () => {
      const listed = await ami.listBlocks({ Action: 'CoreShowChannels' });
      if (!listed.ok) return null;
      const { channels, malformed } = parseChannels(listed.value.blocks);
      parked.clear();
      return { channels, malformed, parked: await parked.update(channels) };
    };
    const truth = await list();
    for (let count = 0; count < inputs; count += 1) {
      const text = typedText(random);
      const field = random.pick(['number', 'exten', 'data'] as const) ?? 'number';
      const caller = { name: 'PJSIP/trunk-00000003', uniqueid: '1795391747.3', [field]: text };
      const rung = { name: 'PJSIP/1103-00000004', uniqueid: '1795391747.4', connected: text };
      state.lines = random.chance(0.5) ? [caller, rung, ...OTHERS] : [...OTHERS, caller, rung];
      const found = await list();
      if (truth === null || found === null) return text;
      const names = new Set(state.lines.map(({ name }) => name));
      const isForeign = [...found.channels, ...found.malformed].some(({ name }) => !names.has(name));
      const isChanged = OTHERS.some(({ name, uniqueid }) => {
        const isTaken = found.channels.filter((line) => line.uniqueid === uniqueid).length > 1;
        // A typed Uniqueid of another line makes both be queried.
        const isUntrusted = text.includes(uniqueid) && found.malformed.some((line) => line.name === name);
        const before = truth.channels.find((line) => line.name === name);
        const after = found.channels.find((line) => line.name === name);
        const isSame = JSON.stringify(before) === JSON.stringify(after);
        const slot = found.parked.get(uniqueid)?.slot;
        return isTaken || (!isUntrusted && (!isSame || slot !== truth.parked.get(uniqueid)?.slot));
      });
      if (isForeign || isChanged) return text;
    }
    return null;
  } finally {
    await ami.close();
    server.close();
  }
}
