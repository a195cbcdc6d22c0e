import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { Server } from 'socket.io';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { ConsoleServer } from './audience.ts';
import { cutUnlessRead } from './cut.ts';

/** A text frame as a browser sends it, with a mask of zeros (RFC 6455, 5.2). */
const frame = (text: string) =>
  Buffer.concat([Buffer.from([0x81, 0x80 + text.length, 0, 0, 0, 0]), Buffer.from(text)]);

async function serve() {
  const http = createServer();
  const io: ConsoleServer = new Server(http, { transports: ['websocket'], pingInterval: 60_000 });
  const left: string[] = [];
  io.on('connection', (socket) => {
    cutUnlessRead(socket);
    socket.on('disconnect', () => left.push(socket.id));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  onTestFinished(() => io.close());
  const address = http.address();
  return { io, left, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

async function openConsole(port: number, io: ConsoleServer) {
  const wire = connect(port, '127.0.0.1');
  onTestFinished(() => void wire.destroy());
  wire.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  await once(wire, 'data');
  wire.resume();
  const connected = once(io, 'connection');
  wire.write(frame('40'));
  const [socket] = await connected;
  return { wire, socket };
}

it('[GW11] cuts a console that does not read, soon after it has stopped, and no other', async () => {
  const { io, left, port } = await serve();
  const reading = await openConsole(port, io);
  const silent = await openConsole(port, io);
  silent.wire.pause();
  const snapshot = 'x'.repeat(100_000);
  await vi.waitFor(
    () => {
      for (let count = 0; count < 10; count++)
        io.emit('me', { name: snapshot, role: 'user', extensions: [], proof: 'demo' });
      expect(left).toEqual([silent.socket.id]);
    },
    { timeout: 10_000, interval: 5 },
  );
  expect(reading.socket.connected).toBe(true);
});
