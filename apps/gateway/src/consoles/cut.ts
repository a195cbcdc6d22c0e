import type { ConsoleSocket } from './audience.ts';

type Connection = Pick<ConsoleSocket['conn'], 'close' | 'request'>;

/** Closes the connection of a client at once; what was sent to it before still arrives where it reads. */
export function cut({ conn }: { readonly conn: Connection }): void {
  conn.close(true);
}

/** The same for one that does harm: what waits for it is dropped, and nothing that it sent is read any more. */
export function drop({ conn }: { readonly conn: Connection }): void {
  cut({ conn });
  conn.request.socket.destroy();
}
