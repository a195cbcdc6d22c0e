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

/** A connection that stands as far as `connected` goes, while its ping has been out for too long. */
function asleep() {
  const transport = createSocketTransport({
    onOpen: ignore,
    onClosed: ignore,
    onSnapshot: ignore,
    onFrame: ignore,
    onMe: ignore,
    onOwn: ignore,
    onHeard: ignore,
  });
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
