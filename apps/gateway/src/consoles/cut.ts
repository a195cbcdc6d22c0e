import type { ConsoleSocket } from './audience.ts';

/** A console that lets so many packets wait does not read any more. */
const WAITING_PACKETS = 200;

/** At once: what still waits for somebody who does not read is dropped. */
export function cut(socket: ConsoleSocket): void {
  socket.conn.close(true);
}

/** What is sent waits in memory while the other end does not read: of that there is an end. */
export function cutUnlessRead(socket: ConsoleSocket): void {
  let waiting = 0;
  socket.conn.on('flush', () => {
    waiting = 0;
  });
  socket.conn.on('packetCreate', () => {
    waiting += 1;
    if (waiting > WAITING_PACKETS) cut(socket);
  });
}
