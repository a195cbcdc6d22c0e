import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLeanConsole } from './lean-console.ts';

/** Boards by the hundred: each reads all that it is sent, answers pings, and looks no closer than at link and `seq`. */
export interface LightBoards {
  /** How many of them are connected, and were told by a whole board or since then that it is live. */
  live(): number;
  /** How many whole boards and frames they were sent, all together. */
  received(): { readonly snapshots: number; readonly frames: number };
  /** The first so many stop reading, pings too, until they wake. */
  sleep(boards: number): void;
  wake(): void;
  close(): void;
}

/** A console that lost its gateway comes back after so many milliseconds, half of them at random. */
const RETRY_MS = 500;
/** The head of a whole board, before its rows. To read all of it would be most of what is measured. */
const HEAD = 500;

/** Opens a board for each cookie; they come back for ever, as consoles do. */
export function openLightBoards(url: string, cookies: readonly string[]): LightBoards {
  let isClosed = false;
  const open = new Set<Duplex>();
  const live = new Set<number>();
  const received = { snapshots: 0, frames: 0 };

  function look(board: number, packet: Buffer): void {
    const head = packet.toString('latin1', 0, HEAD);
    if (head.startsWith('42["snapshot"')) {
      received.snapshots += 1;
      setLive(board, head.includes('"link":{"state":"live"}'));
    } else if (head.startsWith('42["frame"')) {
      received.frames += 1;
      if (packet.includes('"kind":"link"')) setLive(board, packet.includes('"link":{"state":"live"}'));
    }
  }
  function setLive(board: number, isLive: boolean): void {
    if (isLive) live.add(board);
    else live.delete(board);
  }

  async function keepOpen(board: number, cookie: string): Promise<void> {
    while (!isClosed) {
      const socket = await openLeanConsole(url, cookie, (packet) => look(board, packet)).catch(() => null);
      if (socket !== null) {
        open.add(socket);
        await new Promise<void>((resolve) => socket.once('close', resolve));
        open.delete(socket);
      }
      live.delete(board);
      await sleep((RETRY_MS * (1 + Math.random())) / 2);
    }
  }
  for (const [board, cookie] of cookies.entries()) void keepOpen(board, cookie);

  return {
    live: () => live.size,
    received: () => ({ ...received }),
    sleep(boards) {
      for (const socket of [...open].slice(0, boards)) socket.pause();
    },
    wake() {
      for (const socket of open) socket.resume();
    },
    close() {
      isClosed = true;
      for (const socket of open) socket.destroy();
    },
  };
}
