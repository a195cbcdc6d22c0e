import { lampFromStatus } from '@lampboard/model';
import type { Delta } from '@lampboard/protocol';
import type { WebSocket } from 'ws';

export function lampDelta(seq: number, id: string, status: number): Delta {
  const fields = { lamp: lampFromStatus(status), lampSince: Date.now() };
  return { epoch: 'baseline', seq, changes: [{ table: 'extensions', op: 'patch', id, fields }] };
}

export function createBaselineServer() {
  const sockets = new Set<WebSocket>();
  return {
    /** `seq` is that of the previous delta. */
    subscribe(socket: WebSocket, seq: number) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.send('0');
      socket.send(`42["snapshot",{"seq":${seq}}]`);
    },
    broadcast(packet: Buffer) {
      for (const client of sockets) client.send(packet, { binary: false });
    },
  };
}
