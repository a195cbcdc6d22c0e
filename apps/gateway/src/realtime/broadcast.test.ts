import { once } from 'node:events';
import type { Delta } from '@lampboard/protocol';
import { Server } from 'socket.io';
import { expect, it, vi } from 'vitest';
import { createBroadcast, encodeChanges } from './broadcast.ts';
import type { IoServer } from './io-server.ts';
import { serveIo } from './testing/serve-io.ts';

async function openClient() {
  const io: IoServer = new Server({ transports: ['websocket'], pingInterval: 60_000 });
  const { connect } = await serveIo(io);
  const { wire, network, socket } = await connect();
  await once(wire, 'message');
  let received = Buffer.alloc(0);
  network.on('data', (bytes: Buffer) => (received = Buffer.concat([received, bytes])));
  return { socket, received: () => received };
}

const createDelta = (name: string): Delta => ({
  epoch: 'e',
  seq: 1,
  changes: [
    {
      table: 'extensions',
      op: 'patch',
      id: '1101@default',
      fields: { person: { name, department: '', email: '', mobile: '' } },
    },
  ],
});

it.each([
  ['small', { epoch: 'e', seq: 1, changes: [] }],
  ['longer', createDelta('Zoë 📞'.repeat(100))],
  ['large', createDelta('Zoë 📞'.repeat(10_000))],
] satisfies [string, Delta][])('[SY2] a broadcast delta equals socket.io’s bytes: %s', async (_, delta) => {
  const { socket, received } = await openClient();
  createBroadcast(delta, encodeChanges(delta.changes))(socket);
  socket.emit('delta', delta);
  const size = Buffer.byteLength(JSON.stringify(delta));
  await vi.waitFor(() => expect(received().length).toBeGreaterThan(2 * size));
  await vi.waitFor(() => {
    const half = received().length / 2;
    expect(received().subarray(0, half).equals(received().subarray(half))).toBe(true);
  });
});
