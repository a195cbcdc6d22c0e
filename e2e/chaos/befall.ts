import { setTimeout as delay } from 'node:timers/promises';
import { type Scene, troubleOf } from './bring-about.ts';
import type { Span } from './edit-ledger.ts';
import type { Judge } from './judge.ts';
import { FAULTS, type Fault, type FaultKind } from './plan.ts';

/** Has faults befall what there is, and tells the judge. */
export interface Befall {
  (fault: Fault): Promise<void>;
  /** When something held up what was sent to Asterisk. */
  readonly heldUp: readonly Span[];
}

const SLOW: ReadonlySet<FaultKind> = new Set(['link delayed', 'link dripping', 'link thin']);
const HOLDING_UP: ReadonlySet<FaultKind> = new Set([
  ...SLOW,
  'link half-open',
  'link silent',
  'Asterisk stopped',
]);

/** Of two faults of the same victim the second waits for the end of the first. */
export function createBefall({
  scene,
  judge,
  onNote,
}: {
  scene: Scene;
  judge: Judge;
  onNote: (note: string) => void;
}): Befall {
  const last = new Map<string, Promise<void>>();
  const heldUp: Span[] = [];

  async function carryOut(fault: Fault): Promise<void> {
    const { kind, lastsMs } = fault;
    const { board, begin, end } = troubleOf(fault, scene);
    const edge = (isBegin: boolean) => judge.edge({ at: performance.now(), fault: kind, isBegin, board });
    const from = performance.now();
    onNote(lastsMs > 0 ? `${kind} for ${Math.round(lastsMs)} ms` : kind);
    edge(true);
    await begin(() => {
      edge(false);
      edge(true);
    });
    await delay(lastsMs);
    await end();
    edge(false);
    if (HOLDING_UP.has(kind)) heldUp.push({ from, to: performance.now() });
  }

  const befall = async (fault: Fault): Promise<void> => {
    const { victim } = FAULTS[fault.kind];
    const turn = (last.get(victim) ?? Promise.resolve()).then(() => carryOut(fault));
    last.set(victim, turn);
    return turn;
  };
  return Object.assign(befall, { heldUp });
}
