import { setTimeout as delay } from 'node:timers/promises';
import type { RealAsterisk } from '../../asterisk/start-asterisk.ts';
import { placeOfStatus } from '../lamp-states.ts';
import type { Lamps } from '../lamps.ts';
import { type Boards, toldInFrames } from '../start-boards.ts';
import type { Thread } from '../thread.ts';

/** Milliseconds after the last event, by which everything must have come, however late. */
const SETTLED_MS = 2000;

export interface Flood {
  /** Events a second, as another AMI session was told of them. */
  readonly perSecond: number;
  readonly frames: number;
  /** From the last event to the last frame at the last board, milliseconds. */
  readonly lagMs: number;
}

/** As many changes at once as Asterisk takes; throws where a board ends up other than Asterisk is. */
export async function measureFlood({
  asterisk,
  lamps,
  ear,
  boards,
  extens,
  changes,
}: {
  asterisk: RealAsterisk;
  lamps: Lamps;
  ear: Thread<'sessions'>;
  boards: Boards;
  extens: readonly string[];
  changes: number;
}): Promise<Flood> {
  await Promise.all([ear.collect(), boards.collect()]);
  await lamps.flood(extens, changes);
  await delay(SETTLED_MS);
  const [[heard = []], shown] = await Promise.all([ear.collect(), boards.collect()]);
  const first = heard[0]?.at ?? Number.NaN;
  const last = heard.at(-1)?.at ?? Number.NaN;
  const ends = shown.boards.map((at) => at.at(-1) ?? Number.NaN);

  const states = await asterisk.extensionStates();
  const places = new Map(toldInFrames(shown).map(({ exten, place }) => [exten, place]));
  const wrong = [...places].filter(
    ([exten, place]) => place !== placeOfStatus(states.get(`${exten}@default`)?.status ?? -1),
  );
  if (wrong.length > 0) throw new Error(`${wrong.length} lamps are other than Asterisk's`);
  return {
    perSecond: (heard.length * 1000) / (last - first),
    frames: shown.frames.length,
    lagMs: Math.max(...ends) - last,
  };
}
