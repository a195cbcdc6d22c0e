import { setTimeout as delay } from 'node:timers/promises';
import { knownAt } from '../lamp-states.ts';
import type { Lamps } from '../lamps.ts';
import { median, percentile, processorMs } from '../measure.ts';
import { type Boards, shownAt } from '../start-boards.ts';
import type { Thread } from '../thread.ts';
import { broadcastBare } from './broadcast.ts';

/** Milliseconds after the last change, by which everybody has been told. */
const SETTLED_MS = 500;

export interface Steady {
  readonly frames: number;
  /** From the moment at which another AMI session had the event to the frame at a board: of all changes at all boards. */
  readonly median: number;
  readonly p99: number;
  /** Processor time of the gateway, and of a bare broadcast of the same frames, for each frame at each board: microseconds. */
  readonly frameUs: number;
  readonly bareUs: number;
  /** What the bare broadcast itself took, milliseconds. */
  readonly bareMedian: number;
  readonly bareP99: number;
}

/** Lamps changing at random moments, so many a second. */
export async function measureSteady({
  gateway,
  lamps,
  ear,
  boards,
  extens,
  perSecond,
  ms,
}: {
  gateway: number;
  lamps: Lamps;
  ear: Thread<'sessions'>;
  boards: Boards;
  extens: readonly string[];
  perSecond: number;
  ms: number;
}): Promise<Steady> {
  await Promise.all([ear.collect(), boards.collect()]);
  const before = await processorMs(gateway);
  const changes = await lamps.play({ extens, perSecond, ms });
  await delay(SETTLED_MS);
  const took = (await processorMs(gateway)) - before;
  const [[heard = []], shown] = await Promise.all([ear.collect(), boards.collect()]);
  const raw = knownAt('the AMI session', changes, heard);
  const over = shownAt(shown, changes).flatMap((moments) =>
    moments.map((at, index) => at - (raw[index] ?? at)),
  );
  const bare = await broadcastBare(shown, SETTLED_MS);
  const deliveries = shown.frames.length * shown.boards.length;
  return {
    frames: shown.frames.length,
    median: median(over),
    p99: percentile(over, 0.99),
    frameUs: (took * 1000) / deliveries,
    bareUs: (bare.took * 1000) / deliveries,
    bareMedian: median(bare.late),
    bareP99: percentile(bare.late, 0.99),
  };
}
