import { LIVE_PBX, createExtension } from '../board/testing/fake-board.ts';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Extension, NOT_SET, type Snapshot } from '@lampboard/protocol';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { listen } from '../platform/testing/listen.ts';
import { createIoServer } from './io-server.ts';
import { createSnapshotEncoder } from './snapshot-encoder.ts';

function extension(index: number, message = ''): Extension {
  const exten = String(10_000 + index);
  const person = { name: `Zoë ${exten} 📞`, department: 'Sales', email: '', mobile: '' };
  const presence = { state: 'available', subtype: '', message } as const;
  return { ...createExtension(exten, 'idle'), person, presence };
}
const createSnapshot = (extensions: Extension[], seq = 0): Snapshot => ({
  epoch: 'e',
  seq,
  time: 1_800_000_000_000,
  pbxs: [{ ...LIVE_PBX, version: '22.10.1' }],
  extensions,
});
const extensionsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => extension(index, `secret ${index}`));

/** The gateway's socket of a client, and the bytes and events that the client receives over a WebSocket. */
async function openClient(options: ClientOptions = {}) {
  const http = createServer();
  const io = createIoServer({});
  io.attach(http);
  const port = await listen(http);
  const wire = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, options);
  onTestFinished(async () => {
    wire.terminate();
    await io.close();
  });
  let bytes = () => 0;
  wire.on('upgrade', (response) => (bytes = () => response.socket.bytesRead));
  const events: unknown[] = [];
  wire.on('message', (data) => {
    const text = data instanceof Buffer ? data.toString() : '';
    if (text.startsWith('0')) wire.send('40');
    if (text.startsWith('42')) events.push(JSON.parse(text.slice(2)));
  });
  const [socket] = await once(io, 'connection');
  return { socket, events, bytes: () => bytes() };
}

/** The latest of `count` received snapshots. */
async function snapshotAt(events: readonly unknown[], count: number): Promise<unknown> {
  await vi.waitFor(() => expect(events.length).toBe(count));
  return events.at(-1);
}

it.each<[string, ClientOptions, boolean]>([
  ['a browser', { perMessageDeflate: true }, true],
  ['a client without compression', { perMessageDeflate: false }, false],
  ['a client with a small window', { perMessageDeflate: { serverMaxWindowBits: 9 } }, false],
])('[HT5] sends a snapshot to %s, compressed if possible', async (_, options, isCompressed) => {
  const { socket, events, bytes } = await openClient(options);
  const encode = createSnapshotEncoder();
  for (const [index, count] of [0, 1, 511, 512, 513, 2000].entries()) {
    const snapshot = createSnapshot(extensionsOf(count));
    const before = bytes();
    encode(snapshot)(socket);
    expect(await snapshotAt(events, index + 1)).toEqual(['snapshot', snapshot]);
    const plain = Buffer.byteLength(JSON.stringify(snapshot));
    if (count > 100) expect(bytes() - before < plain / 4).toBe(isCompressed);
  }
});

it('[HT5] later snapshots are complete after all kinds of changes, and in order with deltas', async () => {
  const { socket, events } = await openClient();
  const encode = createSnapshotEncoder();
  const extensions = extensionsOf(1300);
  const snapshots = [
    extensions,
    extensions.with(700, extension(700, 'changed')),
    extensions.slice(1),
    [extension(5000), ...extensions],
    extensions.slice(0, 600),
  ].map((list, seq) => createSnapshot(list, seq));
  for (const snapshot of snapshots) {
    encode(snapshot)(socket);
    socket.emit('delta', { epoch: 'e', seq: snapshot.seq + 1, changes: [] });
  }
  await vi.waitFor(() => expect(events.length).toBe(2 * snapshots.length));
  expect(events).toEqual(
    snapshots.flatMap((snapshot) => [
      ['snapshot', snapshot],
      ['delta', { epoch: 'e', seq: snapshot.seq + 1, changes: [] }],
    ]),
  );
});

it.each([true, false])(
  '[RG4] [HT5] redacts other extensions than the client’s, compressed: %s',
  async (isCompressed) => {
    const redact = (original: Extension): Extension => ({ ...original, presence: NOT_SET });
    const { socket, events } = await openClient({ perMessageDeflate: isCompressed });
    let visibleIds: string[] = [];
    const encode = createSnapshotEncoder({ redact: redact, unredactedIds: () => visibleIds });
    const extensions = extensionsOf(1300);
    const clients = [[], ['10000@default', '10512@default'], ['11299@default', 'x'], []];
    for (const [index, ids] of clients.entries()) {
      visibleIds = ids;
      encode(createSnapshot(extensions))(socket);
      const visible = extensions.map((each) => (ids.includes(each.id) ? each : redact(each)));
      expect(await snapshotAt(events, index + 1)).toEqual(['snapshot', createSnapshot(visible)]);
    }
  },
);
