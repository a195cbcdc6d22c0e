import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Delta } from '@lampboard/protocol';
import { Server } from 'socket.io';
import { expect, it, onTestFinished, vi } from 'vitest';
import { listen } from '../platform/testing/listen.ts';
import type { IoServer } from './io-server.ts';
import { createBroadcast } from './broadcast.ts';

/** A masked, empty Socket.IO CONNECT (RFC 6455, 5.2). */
const CONNECT = Buffer.from([0x81, 0x82, 0, 0, 0, 0, ...Buffer.from('40')]);

async function openClient() {
  const http = createServer();
  const io: IoServer = new Server(http, { transports: ['websocket'], pingInterval: 60_000 });
  const port = await listen(http);
  onTestFinished(() => io.close());
  const wire = connect(port, '127.0.0.1');
  onTestFinished(() => void wire.destroy());
  wire.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  await once(wire, 'data');
  const connected = once(io, 'connection');
  wire.write(CONNECT);
  const [socket] = await connected;
  await once(wire, 'data');
  let received = Buffer.alloc(0);
  wire.on('data', (bytes: Buffer) => (received = Buffer.concat([received, bytes])));
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
  createBroadcast(delta)(socket);
  socket.emit('delta', delta);
  const size = Buffer.byteLength(JSON.stringify(delta));
  await vi.waitFor(() => expect(received().length).toBeGreaterThan(2 * size));
  await vi.waitFor(() => {
    const half = received().length / 2;
    expect(received().subarray(0, half).equals(received().subarray(half))).toBe(true);
  });
});
