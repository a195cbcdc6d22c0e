import type { WebSocket } from 'ws';
import { setTimeout as sleep } from 'node:timers/promises';
import { openMinimalClient } from './minimal-client.ts';

/** Hundreds of clients that read everything, answer pings, and parse only link state and type of packets. */
export type LoadClients = ReturnType<typeof openLoadClients>;

/** Maximum delay before reconnecting, half of it random. */
const RETRY_MS = 500;
/** The part of a snapshot before its extensions; parsing all would dominate the measurement. */
const INSPECTED_BYTES = 500;

/** Opens a client for each cookie; they reconnect forever. */
export function openLoadClients(url: string, cookies: readonly string[]) {
  let isClosed = false;
  const sockets = new Set<WebSocket>();
  const liveClients = new Set<number>();
  const received = { snapshots: 0, deltas: 0 };

  function inspect(client: number, packet: Buffer): void {
    const head = packet.toString('latin1', 0, INSPECTED_BYTES);
    if (head.startsWith('42["snapshot"')) {
      received.snapshots += 1;
      setLive(client, head.includes('"link":{"state":"live"}'));
    } else if (head.startsWith('42["delta"')) {
      received.deltas += 1;
      if (packet.includes('"table":"pbxs"') && packet.includes('"link":'))
        setLive(client, packet.includes('"link":{"state":"live"}'));
    }
  }
  function setLive(client: number, isLive: boolean): void {
    if (isLive) liveClients.add(client);
    else liveClients.delete(client);
  }

  async function stayConnected(client: number, cookie: string): Promise<void> {
    while (!isClosed) {
      const socket = await openMinimalClient(url, cookie, (packet) => inspect(client, packet)).catch(
        () => null,
      );
      if (socket !== null) {
        sockets.add(socket);
        await new Promise<void>((resolve) => socket.once('close', resolve));
        sockets.delete(socket);
      }
      liveClients.delete(client);
      await sleep((RETRY_MS * (1 + Math.random())) / 2);
    }
  }
  for (const [client, cookie] of cookies.entries()) void stayConnected(client, cookie);

  return {
    /** Connected clients whose last known link state is live. */
    liveCount: () => liveClients.size,
    /** Totals of all clients. */
    received: () => ({ ...received }),
    /** The first `count` stop reading, pings included, until `resumeReading`. */
    pauseReading(count: number) {
      for (const socket of [...sockets].slice(0, count)) socket.pause();
    },
    resumeReading() {
      for (const socket of sockets) socket.resume();
    },
    stop() {
      isClosed = true;
      for (const socket of sockets) socket.terminate();
    },
  };
}
