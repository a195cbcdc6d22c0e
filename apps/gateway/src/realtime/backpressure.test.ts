import { LIVE_PBX, fullList } from '../board/testing/fake-board.ts';
import { expect, it, vi } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { createLiveBoard } from '../board/live-board.ts';
import { type Subscribers, createSubscribers } from './subscribers.ts';
import { createBackpressure } from './backpressure.ts';
import { serveIo } from './testing/serve-io.ts';

const WAIT = { timeout: 15_000, interval: 5 };
vi.setConfig({ testTimeout: 30_000 });
/** Fills the network buffers of a client that does not read. */
const NETWORK_BYTES = 16 * 1024 * 1024;
/** Exceeds the limit of queued data. */
const DELTA_BYTES = 300 * 1024;

async function startServer() {
  const { io, connect } = await serveIo();
  const board = createLiveBoard({ pbxs: [LIVE_PBX], clock: systemClock });
  board.reset(LIVE_PBX, [fullList()]);
  const onLagging = vi.fn<() => void>();
  const backpressure = createBackpressure({ subscribers: () => subscribers, onLagging });
  const subscribers: Subscribers = createSubscribers({
    board,
    hideOthersMessages: false,
    othersCalls: 'full',
    beforeSnapshot: backpressure.beforeSnapshot,
    onVisibilityChanged() {},
    metrics: createMetrics(),
  });
  const disconnected: string[] = [];
  io.on('connection', (socket) => {
    socket.data.accountId = 1;
    socket.data.me = { id: 1, name: 'rita', role: 'receptionist', extensions: [], authMethod: 'demo' };
    backpressure.track(socket);
    backpressure.sendSnapshot(socket);
    socket.on('disconnect', () => disconnected.push(socket.id));
  });
  let status = 0;

  /** Sends every client a message of about this size. */
  const sendFiller = (bytes: number) =>
    io.emit('me', { id: 1, name: 'x'.repeat(bytes), role: 'user', extensions: [], authMethod: 'demo' });
  return {
    board,
    disconnected,
    onLagging,
    sendFiller,
    changeLamp() {
      status = status === 0 ? 1 : 0;
      board.apply(LIVE_PBX.id, [{ kind: 'status', id: '1101@default', status }]);
    },
    requestSnapshots: () => io.of('/').sockets.forEach(backpressure.sendSnapshot),
    async open() {
      const client = await connect();
      await vi.waitFor(() => expect(client.messages).not.toEqual([]), WAIT);
      return client;
    },
  };
}

function expectConsecutive(messages: readonly { kind: string; seq: number }[]): void {
  for (const [index, { kind, seq }] of messages.entries())
    if (kind === 'delta') expect(seq).toBe((messages[index - 1]?.seq ?? Number.NaN) + 1);
}

const snapshotCount = (messages: readonly { kind: string }[]) =>
  messages.filter(({ kind }) => kind === 'snapshot').length;

it('[GW11] a client that stops reading gets no deltas, and a snapshot once it reads again', async () => {
  const { board, disconnected, onLagging, changeLamp, sendFiller, open } = await startServer();
  const reading = await open();
  const paused = await open();
  paused.wire.pause();
  sendFiller(NETWORK_BYTES);
  sendFiller(DELTA_BYTES);
  await vi.waitFor(() => expect(onLagging).toHaveBeenCalled(), WAIT);
  const { seq } = board.current();
  await vi.waitFor(() => {
    changeLamp();
    expect(reading.messages.at(-1)?.seq).toBeGreaterThan(seq + 3);
  }, WAIT);
  paused.wire.resume();
  await vi.waitFor(() => {
    changeLamp();
    const snapshot = paused.messages.findLast(({ kind }) => kind === 'snapshot');
    expect(snapshot?.seq).toBeGreaterThan(seq);
    expect(paused.messages.at(-1)).toMatchObject({ kind: 'delta' });
  }, WAIT);
  expectConsecutive(paused.messages);
  expectConsecutive(reading.messages);
  expect(disconnected).toEqual([]);
});

it('[GW11] disconnects only the client that does not read', async () => {
  const { disconnected, sendFiller, open } = await startServer();
  const reading = await open();
  const unresponsive = await open();
  unresponsive.wire.pause();
  await vi.waitFor(() => {
    for (let count = 0; count < 5; count++) sendFiller(100_000);
    expect(disconnected).toEqual([unresponsive.socket.id]);
  }, WAIT);
  expect(reading.network.destroyed).toBe(false);
});

it('[GW15] a client that requests snapshots without reading gets one once it reads', async () => {
  const { sendFiller, requestSnapshots, open } = await startServer();
  const reading = await open();
  const paused = await open();
  paused.wire.pause();
  sendFiller(NETWORK_BYTES);
  const before = snapshotCount(reading.messages);
  await vi.waitFor(() => {
    requestSnapshots();
    expect(snapshotCount(reading.messages)).toBeGreaterThan(before + 3);
  }, WAIT);
  paused.wire.resume();
  await vi.waitFor(() => expect(snapshotCount(paused.messages)).toBe(2), WAIT);
  requestSnapshots();
  await vi.waitFor(() => expect(snapshotCount(paused.messages)).toBe(3), WAIT);
});

it('[GW15] sends snapshots to at most sixteen clients of an account at a time', async () => {
  const { sendFiller, requestSnapshots, open } = await startServer();
  const clients = await Promise.all(Array.from({ length: 18 }, open));
  for (const { wire } of clients) wire.pause();
  sendFiller(NETWORK_BYTES);
  requestSnapshots();
  for (const { wire } of clients.slice(0, 1)) wire.resume();
  await vi.waitFor(() => expect(snapshotCount(clients[0]?.messages ?? [])).toBe(2), WAIT);
  for (const { wire } of clients) wire.resume();
  await vi.waitFor(
    () => expect(clients.every(({ messages }) => snapshotCount(messages) === 2)).toBe(true),
    WAIT,
  );
});
