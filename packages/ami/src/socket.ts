import type { NetConnectOpts, Socket } from 'node:net';
import { createFramer } from './framer.ts';
import { decodeBlock } from './text.ts';

/** Bytes taken from the socket at once. */
const READ_BUFFER_BYTES = 64 * 1024;

/** Asterisk itself, or the local end of a tunnel to it. */
export type Place = { readonly host: string; readonly port: number } | { readonly path: string };

/**
 * How asterisk-manager is to open its socket: bytes are cut into blocks before its parser sees them, and only what
 * `admit` lets pass is handed on, as the `data` that the library waits for. Its parser takes a bare LF for the end of a
 * line, and so forges headers out of text: a bare LF becomes the two characters `\n`.
 */
export function socketOptions({
  place,
  signal,
  admit,
  onOversize,
}: {
  place: Place;
  signal: AbortSignal;
  admit: (block: Buffer) => boolean;
  onOversize: () => void;
}): NetConnectOpts {
  const framer = createFramer();
  const opening = new AbortController();
  /** A reset drops what is still on its way out: nothing arrives after it was given up. Only TCP has it. */
  let giveUp = () => opening.abort();
  signal.addEventListener('abort', () => giveUp(), { once: true });
  return {
    ...place,
    signal: opening.signal,
    onread: {
      buffer: Buffer.alloc(READ_BUFFER_BYTES),
      // Node calls it on the socket; client.test.ts holds it to that.
      callback(this: Socket, bytes: number, buffer: Uint8Array) {
        if ('host' in place) giveUp = () => void this.resetAndDestroy();
        const chunk = Buffer.from(buffer.buffer, buffer.byteOffset, bytes);
        const isSound = framer.push(chunk, (block) => {
          if (!admit(block)) return;
          this.emit('data', `${decodeBlock(block).replaceAll(/(?<!\r)\n/g, String.raw`\n`)}\r\n\r\n`);
        });
        if (!isSound) onOversize();
        return true;
      },
    },
  };
}
