import { setTimeout as delay } from 'node:timers/promises';
import { type TestBed, faultInjectionOf } from './faults.ts';
import type { Span } from './edit-ledger.ts';
import type { ConsistencyChecker } from './consistency-checker.ts';
import { FAULT_TYPES, type PlannedFault, type FaultKind } from './plan.ts';

/** Has faults befall what there is, and tells the judge. */
export interface FaultInjector {
  (fault: PlannedFault): Promise<void>;
  /** When something held up what was sent to Asterisk. */
  readonly delayedSpans: readonly Span[];
}

const SLOWING_FAULTS: ReadonlySet<FaultKind> = new Set(['link delayed', 'link throttled', 'link slow']);
const DELAYING_FAULTS: ReadonlySet<FaultKind> = new Set([
  ...SLOWING_FAULTS,
  'link half-open',
  'link blackholed',
  'Asterisk paused',
]);

/** Of two faults of the same victim the second waits for the end of the first. */
export function createFaultInjector({
  testBed,
  checker,
  onNote,
}: {
  testBed: TestBed;
  checker: ConsistencyChecker;
  onNote: (note: string) => void;
}): FaultInjector {
  const queues = new Map<string, Promise<void>>();
  const delayedSpans: Span[] = [];

  async function run(fault: PlannedFault): Promise<void> {
    const { kind, durationMs: lastsMs } = fault;
    const { client: board, start: begin, end } = faultInjectionOf(fault, testBed);
    const markBoundary = (isBegin: boolean) =>
      checker.faultBoundary({ timestamp: performance.now(), fault: kind, isStart: isBegin, client: board });
    const from = performance.now();
    onNote(lastsMs > 0 ? `${kind} for ${Math.round(lastsMs)} ms` : kind);
    markBoundary(true);
    await begin(() => {
      markBoundary(false);
      markBoundary(true);
    });
    await delay(lastsMs);
    await end();
    markBoundary(false);
    if (DELAYING_FAULTS.has(kind)) delayedSpans.push({ from, to: performance.now() });
  }

  const injectFault = async (fault: PlannedFault): Promise<void> => {
    const { target: victim } = FAULT_TYPES[fault.kind];
    const queued = (queues.get(victim) ?? Promise.resolve()).then(() => run(fault));
    queues.set(victim, queued);
    return queued;
  };
  return Object.assign(injectFault, { delayedSpans });
}
