import type { NetConnectOpts, Socket } from 'node:net';
import { createFramer } from './framer.ts';
import { decodeLines } from '../text.ts';

/** Bytes taken from the socket at once. */
const READ_BUFFER_BYTES = 64 * 1024;

/** Asterisk itself, or the local end of a tunnel to it. */
export type SocketAddress = { readonly host: string; readonly port: number } | { readonly path: string };

/**
 * How asterisk-manager is to open its socket: bytes are cut into blocks before its parser sees them, and only what
 * `admit` lets pass is handed on, as the `data` that the library waits for. Its parser takes a bare LF for the end of a
 * line, and so forges headers out of text: a bare LF becomes the two characters `\n`.
 */
export function socketOptions({
  address,
  signal,
  acceptBlock,
  onBytes,
  onOversize,
}: {
  address: SocketAddress;
  signal: AbortSignal;
  acceptBlock: (block: Buffer) => boolean;
  /** So many bytes have come, which are read after it. */
  onBytes: (bytes: number) => void;
  onOversize: () => void;
}): NetConnectOpts {
  const framer = createFramer();
  const connecting = new AbortController();
  /** A reset drops what is still on its way out: nothing arrives after it was given up. Only TCP has it. */
  let reset = () => connecting.abort();
  signal.addEventListener('abort', () => reset(), { once: true });
  return {
    ...address,
    signal: connecting.signal,
    onread: {
      buffer: Buffer.alloc(READ_BUFFER_BYTES),
      // Node calls it on the socket; client.test.ts holds it to that.
      callback(this: Socket, bytes: number, buffer: Uint8Array) {
        if ('host' in address) reset = () => void this.resetAndDestroy();
        onBytes(bytes);
        const chunk = Buffer.from(buffer.buffer, buffer.byteOffset, bytes);
        const isWithinLimit = framer.push(chunk, (block) => {
          if (!acceptBlock(block)) return;
          const lines = decodeLines(block).map((line) => line.replaceAll('\n', String.raw`\n`));
          this.emit('data', `${lines.join('\r\n')}\r\n\r\n`);
        });
        if (!isWithinLimit) onOversize();
        return true;
      },
    },
  };
}
