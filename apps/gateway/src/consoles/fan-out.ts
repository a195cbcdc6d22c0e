import type { Frame } from '@lampboard/protocol';
import type { ConsoleSocket } from './audience.ts';
import { textMessage } from './text-message.ts';

/** Gives one console the frame; it is what every board costs at every frame. */
export type GiveFrame = (socket: ConsoleSocket) => void;

/**
 * One frame for many consoles, written once: as the bytes that it is on every wire (Socket.IO 5 over Engine.IO 4 over
 * RFC 6455, unmasked and not compressed), handed to the system in one piece. socket.io's own broadcast costs half as
 * much again. A console for which something waits, or that polls, gets it the library's way, in its turn.
 */
export function createFanOut(frame: Frame): GiveFrame {
  const bytes = textMessage([Buffer.from(`42${JSON.stringify(['frame', frame])}`)]);
  return (socket) => {
    const { conn, request } = socket;
    const isIdle =
      conn.transport.name === 'websocket' &&
      conn.readyState === 'open' &&
      conn.transport.writable &&
      request.socket.writableLength === 0;
    if (isIdle) request.socket.write(bytes);
    else socket.emit('frame', frame);
  };
}
