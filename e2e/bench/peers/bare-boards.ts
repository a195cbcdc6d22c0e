import type { WebSocket } from 'ws';

/** Boards as bare as ws has them: to them it looks like a gateway, as far as they look. */
export interface BareBoards {
  /** `seq`: of the last frame before it. */
  seat(socket: WebSocket, seq: number): void;
  /** The same bytes, as text, to everybody. */
  broadcast(packet: Buffer): void;
}

export function createBareBoards(): BareBoards {
  const boards = new Set<WebSocket>();
  return {
    seat(socket, seq) {
      boards.add(socket);
      socket.on('close', () => boards.delete(socket));
      socket.send('0');
      socket.send(`42["snapshot",{"seq":${seq}}]`);
    },
    broadcast(packet) {
      for (const board of boards) board.send(packet, { binary: false });
    },
  };
}
