import { once } from 'node:events';
import { createServer } from 'node:http';
import { type ExtensionRow, NOT_SET, type Snapshot } from '@lampboard/protocol';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { createConsoleServer } from './console-server.ts';
import { createWholeBoards } from './whole-board.ts';

function row(index: number, message = ''): ExtensionRow {
  const exten = String(10_000 + index);
  return {
    id: `${exten}@default`,
    exten,
    context: 'default',
    person: { name: `Zoë ${exten} 📞`, department: 'Sales', email: '', mobile: '' },
    lamp: 'idle',
    lampSince: null,
    provider: `CustomPresence:${exten}`,
    presence: { state: 'available', subtype: '', message },
    presenceSince: null,
    presenceBy: null,
    back: null,
  };
}
const snapshotOf = (rows: ExtensionRow[], seq = 0): Snapshot => ({
  epoch: 'e',
  seq,
  time: 1_800_000_000_000,
  pbx: { version: '22.10.1', demo: false },
  link: { state: 'live' },
  rows,
});
const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => row(index, `secret ${index}`));

/** A console as far as the gateway goes, and the bytes and events that reach it by a real WebSocket. */
async function openConsole(options: ClientOptions = {}) {
  const http = createServer();
  const io = createConsoleServer({});
  io.attach(http);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
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

/** The board that the console was sent last, once so many have come. */
async function boardAt(events: readonly unknown[], count: number): Promise<unknown> {
  await vi.waitFor(() => expect(events.length).toBe(count));
  return events.at(-1);
}

it.each<[string, ClientOptions, boolean]>([
  ['a browser', { perMessageDeflate: true }, true],
  ['one that can’t unpack', { perMessageDeflate: false }, false],
  ['one that unpacks with little memory', { perMessageDeflate: { serverMaxWindowBits: 9 } }, false],
])('[HT5] a whole board reaches %s as it is, packed where that can be', async (_, options, isPacked) => {
  const { socket, events, bytes } = await openConsole(options);
  const give = createWholeBoards();
  for (const [index, count] of [0, 1, 511, 512, 513, 2000].entries()) {
    const snapshot = snapshotOf(rowsOf(count));
    const before = bytes();
    give(snapshot)(socket);
    expect(await boardAt(events, index + 1)).toEqual(['snapshot', snapshot]);
    const plain = Buffer.byteLength(JSON.stringify(snapshot));
    if (count > 100) expect(bytes() - before < plain / 4).toBe(isPacked);
  }
});

it('[HT5] a board that follows is right, whatever has changed, come or gone, and its order with frames is kept', async () => {
  const { socket, events } = await openConsole();
  const give = createWholeBoards();
  const rows = rowsOf(1300);
  const boards = [
    rows,
    rows.with(700, row(700, 'changed')),
    rows.slice(1),
    [row(5000), ...rows],
    rows.slice(0, 600),
  ].map((its, seq) => snapshotOf(its, seq));
  for (const board of boards) {
    give(board)(socket);
    socket.emit('frame', { epoch: 'e', seq: board.seq + 1, changes: [] });
  }
  await vi.waitFor(() => expect(events.length).toBe(2 * boards.length));
  expect(events).toEqual(
    boards.flatMap((board) => [
      ['snapshot', board],
      ['frame', { epoch: 'e', seq: board.seq + 1, changes: [] }],
    ]),
  );
});

it.each([true, false])(
  '[RG4] [HT5] each is shown in full what is its own only, packed: %s',
  async (isPacked) => {
    const hide = (shown: ExtensionRow): ExtensionRow => ({ ...shown, presence: NOT_SET });
    const { socket, events } = await openConsole({ perMessageDeflate: isPacked });
    let own: string[] = [];
    const give = createWholeBoards({ view: hide, inFull: () => own });
    const rows = rowsOf(1300);
    for (const [index, its] of [
      [],
      ['10000@default', '10512@default'],
      ['11299@default', 'x'],
      [],
    ].entries()) {
      own = its;
      give(snapshotOf(rows))(socket);
      const shown = rows.map((each) => (its.includes(each.id) ? each : hide(each)));
      expect(await boardAt(events, index + 1)).toEqual(['snapshot', snapshotOf(shown)]);
    }
  },
);
