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
  const lines = Object.entries({ ...headers, connection: 'close', 'content-length': '0' });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      ...lines.map(([name, value]) => `${name}: ${value}`),
      '',
      '',
    ].join('\r\n'),
    () => socket.destroy(),
  );
}
