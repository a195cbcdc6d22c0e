import type { ClientSocket } from './io-server.ts';

type Connection = Pick<ClientSocket['conn'], 'close' | 'request'>;

/** Closes the connection of a client at once; what was sent to it before still arrives where it reads. */
export function disconnect({ conn }: { readonly conn: Connection }): void {
  conn.close(true);
}

/** The same for one that does harm: what waits for it is dropped, and nothing that it sent is read any more. */
export function terminate({ conn }: { readonly conn: Connection }): void {
  disconnect({ conn });
  conn.request.socket.destroy();
}
