import type { Duplex } from 'node:stream';
import { TEXT, encodeFrame, openUpgrade } from './raw-websocket.ts';

const CLOSE = 8;
const HELLO = '0'.charCodeAt(0);
const PING = '2'.charCodeAt(0);
const CONNECT = encodeFrame({ opcode: TEXT, payload: '40' });
const PONG = encodeFrame({ opcode: TEXT, payload: '3' });

/**
 * A console's connection that does next to nothing with what it is sent, so that hundreds of them take little of a small
 * machine: it speaks as much of Engine.IO 4 and Socket.IO 5 as it has to, answers pings, and hands on all the rest.
 * Null where it is refused; rejects where nobody answers.
 */
export async function openMinimalClient(
  url: string,
  cookie: string,
  onPacket: (packet: Buffer) => void,
): Promise<Duplex | null> {
  const upgraded = await openUpgrade(url, { cookie });
  if (upgraded === null) return null;
  const { socket, head } = upgraded;
  const read = createFrameParser((opcode, payload) => {
    if (opcode === CLOSE) socket.destroy();
    else if (payload[0] === PING) socket.write(PONG);
    else if (payload[0] === HELLO) socket.write(CONNECT);
    else onPacket(payload);
  });
  // Whatever ends it, `close` follows.
  socket.on('error', () => undefined).on('end', () => socket.destroy());
  socket.on('data', read);
  if (head.length > 0) read(head);
  return socket;
}

/** Takes bytes as they come, in pieces of any size, and hands on each frame that they end (RFC 6455, 5.2). */
function createFrameParser(onFrame: (opcode: number, payload: Buffer) => void): (chunk: Buffer) => void {
  let pieces: Buffer[] = [];
  let length = 0;
  let needed = 2;
  return (chunk) => {
    pieces.push(chunk);
    length += chunk.length;
    if (length < needed) return;
    const bytes = pieces.length === 1 ? chunk : Buffer.concat(pieces);
    let offset = 0;
    let bounds = frameBoundsAt(bytes, offset);
    while (bytes.length >= bounds.end) {
      onFrame((bytes[offset] ?? 0) & 0x0f, bytes.subarray(bounds.payload, bounds.end));
      offset = bounds.end;
      bounds = frameBoundsAt(bytes, offset);
    }
    pieces = [bytes.subarray(offset)];
    length = bytes.length - offset;
    needed = bounds.end - offset;
  };
}

/** Where the payload of a server's frame begins and ends; of one whose head is not there yet, where that ends. */
function frameBoundsAt(bytes: Buffer, offset: number): { payload: number; end: number } {
  const declaredLength = bytes[offset + 1] ?? 0;
  const payload = offset + (declaredLength < 126 ? 2 : declaredLength === 126 ? 4 : 10);
  if (bytes.length < payload) return { payload, end: payload };
  if (declaredLength < 126) return { payload, end: payload + declaredLength };
  const size =
    declaredLength === 126 ? bytes.readUInt16BE(offset + 2) : Number(bytes.readBigUInt64BE(offset + 2));
  return { payload, end: payload + size };
}
