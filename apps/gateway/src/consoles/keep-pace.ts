import type { ConsoleSocket } from './audience.ts';
import { cut } from './cut.ts';

/** A console that lets so many packets wait, a second of frames, is behind. */
const BEHIND_PACKETS = 60;
/** One that lets so many wait does not read any more. */
const LOST_PACKETS = 200;

/** What is sent waits in memory while the other end does not read: of that there is an end. */
export function keepPace(
  socket: ConsoleSocket,
  {
    onBehind,
    onCaughtUp,
  }: {
    /** It is to be sent no more than it has to be. */
    onBehind: () => void;
    /** What waited has left for it. */
    onCaughtUp: () => void;
  },
): void {
  let waiting = 0;
  let isBehind = false;
  socket.conn.on('packetCreate', () => {
    waiting += 1;
    if (waiting > LOST_PACKETS) return cut(socket);
    if (isBehind || waiting <= BEHIND_PACKETS) return;
    isBehind = true;
    onBehind();
  });
  // What waits leaves all at once, as soon as what left before was taken.
  socket.conn.on('drain', () => {
    waiting = 0;
    if (!isBehind) return;
    isBehind = false;
    onCaughtUp();
  });
}
