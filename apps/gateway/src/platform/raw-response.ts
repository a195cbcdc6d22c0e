import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Sends an empty HTTP response on a bare socket and closes it. */
export function sendRawResponse(
  socket: Duplex,
  status: number,
  headers: Readonly<Record<string, string>>,
): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const fields = Object.entries({ ...headers, connection: 'close', 'content-length': '0' });
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`, () => socket.destroy());
}
