import { type Random, createRandom } from '@lampboard/demo-pbx';

/** Two simultaneous faults never have the same target. */
type FaultTarget = 'asterisk' | 'link' | 'gateway' | 'store' | 'browser' | 'dialplan';

interface FaultType {
  readonly target: FaultTarget;
  /** Relative frequency. */
  readonly weight: number;
  /** Minimum and maximum. */
  readonly durationMs: readonly [number, number];
}

const INSTANT = [0, 0] as const;

export const FAULT_TYPES = {
  'Asterisk killed': { target: 'asterisk', weight: 3, durationMs: [0, 3000] },
  'Asterisk restarted': { target: 'asterisk', weight: 2, durationMs: INSTANT },
  'Asterisk paused': { target: 'asterisk', weight: 2, durationMs: [300, 6000] },
  'link dropped': { target: 'link', weight: 3, durationMs: INSTANT },
  'link delayed': { target: 'link', weight: 2, durationMs: [2000, 7000] },
  'link throttled': { target: 'link', weight: 2, durationMs: [2000, 7000] },
  'link slow': { target: 'link', weight: 3, durationMs: [2000, 8000] },
  'link half-open': { target: 'link', weight: 3, durationMs: [500, 6000] },
  'link blackholed': { target: 'link', weight: 2, durationMs: [500, 6000] },
  'gateway killed': { target: 'gateway', weight: 3, durationMs: [0, 3000] },
  'gateway paused': { target: 'gateway', weight: 3, durationMs: [300, 6000] },
  'store locked': { target: 'store', weight: 2, durationMs: [500, 10_000] },
  'store full': { target: 'store', weight: 2, durationMs: [500, 10_000] },
  'browser offline': { target: 'browser', weight: 3, durationMs: [300, 6000] },
  'dialplan reloaded': { target: 'dialplan', weight: 4, durationMs: INSTANT },
} as const satisfies Record<string, FaultType>;

export type FaultKind = keyof typeof FAULT_TYPES;

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>) =>
  Object.keys(record).filter((name): name is K => name in record);

export const FAULT_KINDS = keysOf(FAULT_TYPES);

export interface PlannedFault {
  readonly kind: FaultKind;
  readonly startAtMs: number;
  readonly durationMs: number;
  /** Severity or choice, from 0 to 1. */
  readonly random: number;
}

const ACTION_WEIGHTS = { edit: 8, 'concurrent edits': 2, phone: 3, lamp: 5, call: 3, code: 1 };

/** An action of people or phones, determined by random numbers from 0 to 1. */
export interface Action {
  readonly kind: keyof typeof ACTION_WEIGHTS;
  readonly startAtMs: number;
  readonly randoms: readonly [number, number, number, number];
}

/** Milliseconds before the first fault, and between two. */
const QUIET_MS = [1000, 5000] as const;
const OVERLAP_PROBABILITY = 0.25;
const ACTION_INTERVAL_MS = [40, 260] as const;

/** Deterministic for a seed. Each kind of fault comes once before any is repeated, if time allows. */
export function makePlan({ seed, ms }: { seed: number; ms: number }) {
  const random = createRandom({ seed });
  return { faults: planFaults(random, ms), actions: planActions(random, ms) };
}

function planFaults(random: Random, ms: number): PlannedFault[] {
  const faults: PlannedFault[] = [];
  const unseen = new Set<FaultKind>(FAULT_KINDS);
  let overlapping: PlannedFault | undefined;
  let quietFrom = 0;
  let startAtMs = random.between(...QUIET_MS);
  while (startAtMs < ms) {
    const active = overlapping;
    const kinds = unseen.size === 0 ? FAULT_KINDS : [...unseen];
    const candidates = kinds.filter((kind) => active === undefined || mayOverlap(kind, active.kind));
    if (candidates.length === 0) {
      overlapping = undefined;
      startAtMs = quietFrom + random.between(...QUIET_MS);
      continue;
    }
    const kind = weighted(random, candidates, (one) => FAULT_TYPES[one].weight);
    unseen.delete(kind);
    const [minMs, maxMs] = FAULT_TYPES[kind].durationMs;
    const fault = { kind, startAtMs, durationMs: random.between(minMs, maxMs), random: random.between(0, 1) };
    faults.push(fault);
    quietFrom = Math.max(quietFrom, fault.startAtMs + fault.durationMs);
    const isOverlapped = active === undefined && fault.durationMs > 0 && random.chance(OVERLAP_PROBABILITY);
    overlapping = isOverlapped ? fault : undefined;
    startAtMs = isOverlapped
      ? random.between(fault.startAtMs, quietFrom)
      : quietFrom + random.between(...QUIET_MS);
  }
  return faults;
}

/**
 * The kernel goes on sending what a killed gateway wrote for as long as the network delays it. And no gateway
 * starts without its store.
 */
function mayOverlap(kind: FaultKind, other: FaultKind): boolean {
  const targets = new Set([FAULT_TYPES[kind].target, FAULT_TYPES[other].target]);
  const isKilled = [kind, other].includes('gateway killed');
  return targets.size === 2 && !(isKilled && (targets.has('link') || targets.has('store')));
}

function planActions(random: Random, ms: number): Action[] {
  const kinds = keysOf(ACTION_WEIGHTS);
  const actions: Action[] = [];
  for (let startAtMs = 0; startAtMs < ms; startAtMs += random.between(...ACTION_INTERVAL_MS)) {
    const draw = () => random.between(0, 1);
    const kind = weighted(random, kinds, (kind) => ACTION_WEIGHTS[kind]);
    actions.push({ kind, startAtMs, randoms: [draw(), draw(), draw(), draw()] });
  }
  return actions;
}

function weighted<T>(random: Random, items: readonly T[], weight: (item: T) => number): T {
  const total = items.reduce((sum, item) => sum + weight(item), 0);
  let remaining = random.between(0, total);
  const found = items.find((item) => (remaining -= weight(item)) < 0) ?? items.at(-1);
  if (found === undefined) throw new Error('There is nothing to choose from.');
  return found;
}
