import type { WebSocket } from 'ws';

/** Boards as bare as ws has them: to them it looks like a gateway, as far as they look. */
export interface BaselineServer {
  /** `seq`: of the last frame before it. */
  subscribe(socket: WebSocket, seq: number): void;
  /** The same bytes, as text, to everybody. */
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
