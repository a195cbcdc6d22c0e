import type * as SocketIo from 'socket.io-client';
import { afterEach, expect, it, vi } from 'vitest';
import { createSocketTransport } from './transport.ts';

const sockets = vi.hoisted((): SocketIo.Socket[] => []);

vi.mock('socket.io-client', async (original) => {
  const real = await original<typeof SocketIo>();
  const io = (options: Parameters<typeof real.io>[1]) => {
    const socket = real.io('http://127.0.0.1:1', options);
    sockets.push(socket);
    return socket;
  };
  return { ...real, io };
});
afterEach(() => sockets.splice(0));

const ignore = () => undefined;
const IGNORED = {
  onOpen: ignore,
  onClosed: ignore,
  onSnapshot: ignore,
  onDelta: ignore,
  onMe: ignore,
  onSettings: ignore,
  onPing: ignore,
};

/** Returns a transport that counts as connected although its ping timed out. */
function unresponsiveTransport() {
  const transport = createSocketTransport('/socket.io', IGNORED);
  const [socket] = sockets;
  if (socket === undefined) throw new Error('no socket');
  socket.connected = true;
  Object.assign(socket.io, { engine: { _hasPingExpired: () => true, write: ignore, close: ignore } });
  return { transport, socket };
}

it('[ED6] discards what an unresponsive connection would buffer', () => {
  const { transport, socket } = unresponsiveTransport();
  expect(transport.connected()).toBe(true);
  transport.send('reconnect');
  expect(socket.sendBuffer).toEqual([]);
});

it('[ED6] discards buffered messages when the connection closes', () => {
  const { transport, socket } = unresponsiveTransport();
  socket.emit('reconnect');
  expect(socket.sendBuffer).toHaveLength(1);
  transport.close();
  expect(socket.sendBuffer).toEqual([]);
});

it('[LK12] uses only long polling for every other attempt, until a WebSocket has worked', () => {
  const transport = createSocketTransport('/socket.io', IGNORED);
  const [socket] = sockets;
  if (socket === undefined) throw new Error('no socket');
  const triedTransports = () => {
    transport.connect();
    return socket.io.opts.transports;
  };
  const both = ['websocket', 'polling'];
  const attempts = Array.from({ length: 5 }, triedTransports);
  expect(attempts).toEqual([both, ['polling'], both, ['polling'], both]);
  for (const connected of socket.listeners('connect')) connected();
  expect(Array.from({ length: 3 }, triedTransports)).toEqual([both, both, both]);
  transport.close();
});
