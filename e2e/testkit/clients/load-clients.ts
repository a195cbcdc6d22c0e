import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { openMinimalClient } from './minimal-client.ts';

/** Boards by the hundred: each reads all that it is sent, answers pings, and looks no closer than at link and `seq`. */
export interface LoadClients {
  /** How many of them are connected, and were told by a whole board or since then that it is live. */
  liveCount(): number;
  /** How many whole boards and frames they were sent, all together. */
  received(): { readonly snapshots: number; readonly frames: number };
  /** The first so many stop reading, pings too, until they wake. */
  pauseReading(count: number): void;
  resumeReading(): void;
  close(): void;
}

/** A console that lost its gateway comes back after so many milliseconds, half of them at random. */
const RETRY_MS = 500;
/** The head of a whole board, before its rows. To read all of it would be most of what is measured. */
const INSPECTED_BYTES = 500;

/** Opens a board for each cookie; they come back for ever, as consoles do. */
export function openLoadClients(url: string, cookies: readonly string[]): LoadClients {
  let isClosed = false;
  const sockets = new Set<Duplex>();
  const liveClients = new Set<number>();
  const received = { snapshots: 0, frames: 0 };

  function inspect(client: number, packet: Buffer): void {
    const head = packet.toString('latin1', 0, INSPECTED_BYTES);
    if (head.startsWith('42["snapshot"')) {
      received.snapshots += 1;
      setLive(client, head.includes('"link":{"state":"live"}'));
    } else if (head.startsWith('42["delta"')) {
      received.frames += 1;
      if (packet.includes('"kind":"link"')) setLive(client, packet.includes('"link":{"state":"live"}'));
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
    liveCount: () => liveClients.size,
    received: () => ({ ...received }),
    pauseReading(count) {
      for (const socket of [...sockets].slice(0, count)) socket.pause();
    },
    resumeReading() {
      for (const socket of sockets) socket.resume();
    },
    close() {
      isClosed = true;
      for (const socket of sockets) socket.destroy();
    },
  };
}
