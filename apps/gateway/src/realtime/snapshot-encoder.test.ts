import { LIVE_PBX, createExtension } from '../board/testing/fake-board.ts';
import { type Call, type Extension, NOT_SET, type Snapshot } from '@lampboard/protocol';
import { expect, it, vi } from 'vitest';
import type { ClientOptions } from 'ws';
import { type AssignedExtension, createSnapshotEncoder } from './snapshot-encoder.ts';
import { serveIo } from './testing/serve-io.ts';

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
  calls: [],
});
const extensionsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => extension(index, `secret ${index}`));

function send(
  encode: ReturnType<typeof createSnapshotEncoder>,
  snapshot: Snapshot,
  assigned: AssignedExtension[] = [],
) {
  const { extensions, calls, ...board } = snapshot;
  return encode(extensions, calls)(board, { extensions: assigned });
}

const openClient = async (options?: ClientOptions) => (await serveIo()).connect(options);

/** The latest of `count` received snapshots. */
async function snapshotAt(messages: readonly unknown[], count: number): Promise<unknown> {
  await vi.waitFor(() => expect(messages.length).toBe(count));
  return messages.at(-1);
}

it.each<[string, ClientOptions, boolean]>([
  ['a browser', { perMessageDeflate: true }, true],
  ['a client without compression', { perMessageDeflate: false }, false],
  ['a client with a small window', { perMessageDeflate: { serverMaxWindowBits: 9 } }, false],
])('[HT5] sends a snapshot to %s, compressed if possible', async (_, options, isCompressed) => {
  const { socket, network, messages } = await openClient(options);
  const encode = createSnapshotEncoder();
  for (const [index, count] of [0, 1, 511, 512, 513, 2000].entries()) {
    const snapshot = createSnapshot(extensionsOf(count));
    const before = network.bytesRead;
    send(encode, snapshot)(socket);
    expect(await snapshotAt(messages, index + 1)).toEqual({ kind: 'snapshot', ...snapshot });
    const plain = Buffer.byteLength(JSON.stringify(snapshot));
    if (count > 100) expect(network.bytesRead - before < plain / 4).toBe(isCompressed);
  }
});

it('[HT5] later snapshots are complete after all kinds of changes, and in order with deltas', async () => {
  const { socket, messages } = await openClient({});
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
    send(encode, snapshot)(socket);
    socket.emit('delta', { epoch: 'e', seq: snapshot.seq + 1, changes: [] });
  }
  await vi.waitFor(() => expect(messages.length).toBe(2 * snapshots.length));
  expect(messages).toEqual(
    snapshots.flatMap((snapshot) => [
      { kind: 'snapshot', ...snapshot },
      { kind: 'delta', epoch: 'e', seq: snapshot.seq + 1, changes: [] },
    ]),
  );
});

it.each([true, false])(
  '[RG4] [HT5] redacts other extensions than the client’s, compressed: %s',
  async (isCompressed) => {
    const redact = (original: Extension): Extension => ({ ...original, presence: NOT_SET });
    const { socket, messages } = await openClient({ perMessageDeflate: isCompressed });
    const encode = createSnapshotEncoder(redact);
    const extensions = extensionsOf(1300);
    const clients = [[], ['10000@default', '10512@default'], ['11299@default', 'x'], []];
    for (const [index, ids] of clients.entries()) {
      const assigned = extensions
        .filter(({ id }) => ids.includes(id))
        .map((each) => ({ extension: each, replaced: each }));
      send(encode, createSnapshot(extensions), assigned)(socket);
      const visible = extensions.map((each) => (ids.includes(each.id) ? each : redact(each)));
      expect(await snapshotAt(messages, index + 1)).toEqual({ kind: 'snapshot', ...createSnapshot(visible) });
    }
  },
);

it.each([0, 1, 600])(
  '[VI1] [HT5] own extensions beyond those within the limits follow them, of %s',
  async (count) => {
    const { socket, messages } = await openClient({ perMessageDeflate: true });
    const encode = createSnapshotEncoder();
    const [assigned, extensions] = [extensionsOf(700).slice(-2), extensionsOf(count)];
    const further = assigned.map((each) => ({ extension: each, replaced: null }));
    send(encode, createSnapshot(extensions), further)(socket);
    const expected = createSnapshot([...extensions, ...assigned]);
    expect(await snapshotAt(messages, 1)).toEqual({ kind: 'snapshot', ...expected });
  },
);

it('[CV10] a changed call compresses no extensions again, and the calls of one account are not sent to another', async () => {
  const { socket, messages } = await openClient({ perMessageDeflate: true });
  const redacted: string[] = [];
  const encode = createSnapshotEncoder((original) => {
    redacted.push(original.id);
    return original;
  });
  const extensions = extensionsOf(1300);
  const callsOf = (...ids: readonly string[]) =>
    ids.map((id): Call => ({ id, extensions: [], state: 'menu', incoming: true, since: 0, party: null }));
  const lists = [callsOf(), callsOf('1', '2'), callsOf('1', '3'), callsOf('1', '3')];
  for (const [index, calls] of lists.entries()) {
    const { calls: _, extensions: __, ...board } = createSnapshot(extensions);
    const send = encode(extensions, calls);
    send(board)(socket);
    send(board, { calls: callsOf('own') })(socket);
    send(board)(socket);
    await vi.waitFor(() => expect(messages.length).toBe(3 * (index + 1)));
    expect(messages.slice(-3)).toMatchObject([{ calls }, { calls: callsOf('own') }, { calls }]);
    expect(messages.at(-2)).toMatchObject({ extensions });
  }
  expect(redacted).toHaveLength(extensions.length);
});
