import type { WebSocket } from 'ws';

/** A minimal `ws` broadcast that is protocol-compatible with the bench clients. */
export interface BaselineServer {
  /** `seq` is that of the previous delta. */
  subscribe(socket: WebSocket, seq: number): void;
  broadcast(packet: Buffer): void;
}

export function createBaselineServer(): BaselineServer {
  const sockets = new Set<WebSocket>();
  return {
    subscribe(socket, seq) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.send('0');
      socket.send(`42["snapshot",{"seq":${seq}}]`);
    },
    broadcast(packet) {
      for (const client of sockets) client.send(packet, { binary: false });
    },
  };
}
