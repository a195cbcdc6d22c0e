import type { NetConnectOpts, Socket } from 'node:net';
import { createFramer } from './framer.ts';

const READ_BUFFER_BYTES = 64 * 1024;

/** Asterisk itself, or the local end of a relay to it. */
export type SocketAddress = { readonly host: string; readonly port: number } | { readonly path: string };

/**
 * Returns socket options that frame the bytes before asterisk-manager's parser, and emit as `data` only blocks that
 * `acceptBlock` accepts. The parser treats a bare LF as a line end, which would forge headers: it becomes `\n`.
 */
export function socketOptions({
  address,
  signal,
  acceptBlock,
  decodeLines,
  onBytes,
  onOversize,
  onSocket,
}: {
  address: SocketAddress;
  signal: AbortSignal;
  acceptBlock: (block: Buffer) => boolean;
  decodeLines: (block: Buffer) => string[];
  /** Called before the bytes are read. */
  onBytes: (bytes: number) => void;
  onOversize: () => void;
  /** Called with the first bytes. */
  onSocket: (socket: Socket) => void;
}): NetConnectOpts {
  const framer = createFramer();
  const connecting = new AbortController();
  /** A TCP reset drops buffered output: nothing arrives after the abort. */
  let reset = () => connecting.abort();
  let isOpen = false;
  signal.addEventListener('abort', () => reset(), { once: true });
  return {
    ...address,
    signal: connecting.signal,
    onread: {
      buffer: Buffer.alloc(READ_BUFFER_BYTES),
      // Node calls it on the socket, undocumented; client.test.ts covers it.
      callback(this: Socket, bytes: number, buffer: Uint8Array) {
        if (!isOpen) {
          isOpen = true;
          if ('host' in address) reset = () => void this.resetAndDestroy();
          onSocket(this);
        }
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
