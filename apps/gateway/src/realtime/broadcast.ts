import type { Delta } from '@lampboard/protocol';
import type { ClientSocket } from './io-server.ts';

const FINAL_TEXT = 0x81;
/** Packed by the extension `permessage-deflate` (RFC 7692). */
const COMPRESSED = 0x40;

/** A whole text message in one WebSocket frame, as a server sends it: unmasked (RFC 6455, 5.2). */
export function textMessage(payload: readonly Buffer[], { isCompressed = false } = {}): Buffer {
  const length = payload.reduce((sum, { length }) => sum + length, 0);
  const header = [
    FINAL_TEXT | (isCompressed ? COMPRESSED : 0),
    length < 126 ? length : length < 65_536 ? 126 : 127,
  ];
  const extendedLength = Buffer.alloc(length < 126 ? 0 : length < 65_536 ? 2 : 8);
  if (extendedLength.length === 2) extendedLength.writeUInt16BE(length);
  if (extendedLength.length === 8) extendedLength.writeBigUInt64BE(BigInt(length));
  return Buffer.concat([Buffer.from(header), extendedLength, ...payload]);
}

/** Gives one console the frame; it is what every board costs at every frame. */
export type SendDelta = (socket: ClientSocket) => void;

/**
 * One frame for many consoles, written once: as the bytes that it is on every wire (Socket.IO 5 over Engine.IO 4 over
 * RFC 6455, unmasked and not compressed), handed to the system in one piece. socket.io's own broadcast costs half as
 * much again. A console for which something waits, or that polls, gets it the library's way, in its turn.
 */
export function createBroadcast(delta: Delta): SendDelta {
  const bytes = textMessage([Buffer.from(`42${JSON.stringify(['delta', delta])}`)]);
  return (socket) => {
    const { conn, request } = socket;
    const isIdle =
      conn.transport.name === 'websocket' &&
      conn.readyState === 'open' &&
      conn.transport.writable &&
      request.socket.writableLength === 0;
    if (isIdle) request.socket.write(bytes);
    else socket.emit('delta', delta);
  };
}
