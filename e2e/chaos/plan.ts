import { type Random, createRandom } from '@lampboard/demo-pbx';

type FaultTarget = 'asterisk' | 'link' | 'gateway' | 'store' | 'browser' | 'dialplan';
/** Targets that each PBX has of its own. */
const PBX_TARGETS: ReadonlySet<FaultTarget> = new Set(['asterisk', 'link', 'dialplan']);

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

interface FaultChoice {
  readonly kind: FaultKind;
  /** Index of the PBX whose fault it is; null: of what all share. */
  readonly pbx: number | null;
}

export interface PlannedFault extends FaultChoice {
  readonly startAtMs: number;
  readonly durationMs: number;
  /** Severity or choice, from 0 to 1. */
  readonly random: number;
}

const ACTION_WEIGHTS = {
  edit: 8,
  'concurrent edits': 2,
  phone: 3,
  lamp: 5,
  call: 3,
  transfer: 1,
  parking: 1,
  service: 2,
  code: 1,
};

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

/**
 * Deterministic for a seed. Each kind of fault comes once, at each PBX that can have it, before any is repeated, if time
 * allows. Each PBX has its own actions.
 */
export function makePlan({ seed, ms, pbxs }: { seed: number; ms: number; pbxs: number }) {
  const random = createRandom({ seed });
  const faults = planFaults(random, ms, choicesFor(pbxs));
  return { faults, actions: Array.from({ length: pbxs }, () => planActions(random, ms)) };
}

function choicesFor(pbxs: number): FaultChoice[] {
  return FAULT_KINDS.flatMap((kind): FaultChoice[] =>
    PBX_TARGETS.has(FAULT_TYPES[kind].target)
      ? Array.from({ length: pbxs }, (_, pbx) => ({ kind, pbx }))
      : [{ kind, pbx: null }],
  );
}

function planFaults(random: Random, ms: number, choices: readonly FaultChoice[]): PlannedFault[] {
  const faults: PlannedFault[] = [];
  const unseen = new Set(choices);
  let overlapping: PlannedFault | undefined;
  let quietFrom = 0;
  let startAtMs = random.between(...QUIET_MS);
  while (startAtMs < ms) {
    const active = overlapping;
    const left = unseen.size === 0 ? choices : [...unseen];
    const candidates = left.filter((choice) => active === undefined || mayOverlap(choice, active));
    if (candidates.length === 0) {
      overlapping = undefined;
      startAtMs = quietFrom + random.between(...QUIET_MS);
      continue;
    }
    const choice = weighted(random, candidates, ({ kind }) => FAULT_TYPES[kind].weight);
    unseen.delete(choice);
    const [minMs, maxMs] = FAULT_TYPES[choice.kind].durationMs;
    const durationMs = random.between(minMs, maxMs);
    const fault = { ...choice, startAtMs, durationMs, random: random.between(0, 1) };
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
function mayOverlap(fault: FaultChoice, other: FaultChoice): boolean {
  const kinds = [fault.kind, other.kind];
  const targets = kinds.map((kind) => FAULT_TYPES[kind].target);
  const isKilled = kinds.includes('gateway killed');
  return (
    targetOf(fault) !== targetOf(other) &&
    !(isKilled && (targets.includes('link') || targets.includes('store')))
  );
}

/** Two simultaneous faults never have the same target. */
export const targetOf = ({ kind, pbx }: FaultChoice): string => `${FAULT_TYPES[kind].target} ${pbx ?? ''}`;

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
