import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { request as requestTls } from 'node:https';
import type { Duplex } from 'node:stream';

export const TEXT = 1;
export const BINARY = 2;

/** One frame of RFC 6455, valid or not. */
export interface RawFrame {
  readonly opcode: number;
  readonly payload: Buffer | string;
  readonly masked?: boolean;
  readonly final?: boolean;
  /** Overrides the declared length. */
  readonly length?: number;
}

/** A WebSocket that sends any frame and ignores all that it receives. */
export type RawWebSocket = ReturnType<typeof rawWebSocket>;

export async function openRawWebSocket(url: string, headers: Readonly<Record<string, string>>) {
  const upgraded = await openUpgrade(url, headers);
  return upgraded && rawWebSocket(upgraded.socket);
}

/** Null if the handshake is rejected; certificates are not verified. */
export function openUpgrade(
  url: string,
  headers: Readonly<Record<string, string>>,
  query = 'EIO=4&transport=websocket',
): Promise<{ socket: Duplex; head: Buffer } | null> {
  return new Promise((resolve, reject) => {
    const address = new URL(`socket.io/?${query}`, url);
    const upgradeRequest = (address.protocol === 'https:' ? requestTls : request)(address, {
      agent: false,
      rejectUnauthorized: false,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
        ...headers,
      },
    });
    upgradeRequest.once('upgrade', (_, socket, head) => resolve({ socket, head }));
    upgradeRequest.once('response', (response) => {
      response.resume();
      resolve(null);
    });
    upgradeRequest.once('error', reject);
    upgradeRequest.end();
  });
}

function rawWebSocket(socket: Duplex) {
  let isOpen = true;
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      isOpen = false;
      resolve();
    });
  });
  socket.on('error', () => undefined).on('end', () => socket.destroy());
  socket.resume();
  return {
    closed,
    isOpen: () => isOpen,
    send: (frame: RawFrame) => void (isOpen && socket.write(encodeFrame(frame))),
    close() {
      isOpen = false;
      // Pending data is still delivered.
      socket.end();
    },
  };
}

export function encodeFrame({ opcode, payload, masked = true, final = true, length }: RawFrame): Buffer {
  const content = Buffer.from(payload);
  const declaredLength = length ?? content.length;
  const head = Buffer.from([(final ? 0x80 : 0) | opcode, masked ? 0x80 : 0]);
  let size = Buffer.alloc(0);
  if (declaredLength < 126) head[1] = (head[1] ?? 0) | declaredLength;
  else {
    head[1] = (head[1] ?? 0) | (declaredLength < 65_536 ? 126 : 127);
    size = Buffer.alloc(declaredLength < 65_536 ? 2 : 8);
    if (declaredLength < 65_536) size.writeUInt16BE(declaredLength);
    else size.writeBigUInt64BE(BigInt(declaredLength));
  }
  if (!masked) return Buffer.concat([head, size, content]);
  const mask = randomBytes(4);
  const hidden = content.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([head, size, mask, hidden]);
}
