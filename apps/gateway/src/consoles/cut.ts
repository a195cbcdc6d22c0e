import type { ConsoleSocket } from './audience.ts';

/** At once: what still waits for somebody who does not read is dropped. */
export function cut(socket: ConsoleSocket): void {
  socket.conn.close(true);
}
