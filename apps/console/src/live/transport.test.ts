import type * as SocketIo from 'socket.io-client';
import { afterEach, expect, it, vi } from 'vitest';
import { createSocketTransport } from './transport.ts';

const made = vi.hoisted((): SocketIo.Socket[] => []);

vi.mock('socket.io-client', async (original) => {
  const real = await original<typeof SocketIo>();
  const io = (options: Parameters<typeof real.io>[1]) => {
    const socket = real.io('http://127.0.0.1:1', options);
    made.push(socket);
    return socket;
  };
  return { ...real, io };
});
afterEach(() => made.splice(0));

const command = {
  id: '1101@default',
  presence: { state: 'away', subtype: '', message: '' },
  base: { state: 'available', subtype: '', message: '' },
} as const;
const ignore = () => undefined;
const IGNORED = {
  onOpen: ignore,
  onClosed: ignore,
  onSnapshot: ignore,
  onFrame: ignore,
  onMe: ignore,
  onOwn: ignore,
  onHeard: ignore,
};

/** A connection that stands as far as `connected` goes, while its ping has been out for too long. */
function asleep() {
  const transport = createSocketTransport(IGNORED);
  const [socket] = made;
  if (socket === undefined) throw new Error('no socket');
  socket.connected = true;
  Object.assign(socket.io, { engine: { _hasPingExpired: () => true, write: ignore, close: ignore } });
  return { transport, socket };
}

it('[ED6] what a connection that has gone silent would keep for later is dropped, and counts as not sent', () => {
  const { transport, socket } = asleep();
  expect(transport.connected()).toBe(true);
  expect(transport.ask(command, 50)).toBeNull();
  transport.send('reconnect');
  expect(socket.sendBuffer).toEqual([]);
});

it('[ED6] nothing of an old connection is left for the next', () => {
  const { transport, socket } = asleep();
  socket.emit('reconnect');
  expect(socket.sendBuffer).toHaveLength(1);
  transport.close();
  expect(socket.sendBuffer).toEqual([]);
});

it('[LK12] every other attempt is by long polling alone, until a WebSocket has worked', () => {
  const transport = createSocketTransport(IGNORED);
  const [socket] = made;
  if (socket === undefined) throw new Error('no socket');
  const tried = () => {
    transport.connect();
    return socket.io.opts.transports;
  };
  const both = ['websocket', 'polling'];
  expect([tried(), tried(), tried(), tried(), tried()]).toEqual([both, ['polling'], both, ['polling'], both]);
  for (const connected of socket.listeners('connect')) connected();
  expect([tried(), tried(), tried()]).toEqual([both, both, both]);
  transport.close();
});
