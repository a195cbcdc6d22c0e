import { type Random, createRandom } from '@lampboard/demo-pbx';

/** What a fault befalls: two of them at once never befall the same. */
type Victim = 'asterisk' | 'link' | 'gateway' | 'store' | 'browser' | 'dialplan';

interface Kind {
  readonly victim: Victim;
  /** How often, beside the others. */
  readonly weight: number;
  /** Milliseconds from its beginning to its end, at least and at most. */
  readonly lasts: readonly [number, number];
}

const AT_ONCE = [0, 0] as const;

export const FAULTS = {
  'Asterisk killed': { victim: 'asterisk', weight: 3, lasts: [0, 3000] },
  'Asterisk restarted': { victim: 'asterisk', weight: 2, lasts: AT_ONCE },
  'Asterisk stopped': { victim: 'asterisk', weight: 2, lasts: [300, 6000] },
  'link dropped': { victim: 'link', weight: 3, lasts: AT_ONCE },
  'link delayed': { victim: 'link', weight: 2, lasts: [2000, 7000] },
  'link dripping': { victim: 'link', weight: 2, lasts: [2000, 7000] },
  'link thin': { victim: 'link', weight: 3, lasts: [2000, 8000] },
  'link half-open': { victim: 'link', weight: 3, lasts: [500, 6000] },
  'link silent': { victim: 'link', weight: 2, lasts: [500, 6000] },
  'gateway killed': { victim: 'gateway', weight: 3, lasts: [0, 3000] },
  'gateway stopped': { victim: 'gateway', weight: 3, lasts: [300, 6000] },
  'store locked': { victim: 'store', weight: 2, lasts: [500, 10_000] },
  'store full': { victim: 'store', weight: 2, lasts: [500, 10_000] },
  'browser offline': { victim: 'browser', weight: 3, lasts: [300, 6000] },
  'dialplan reloaded': { victim: 'dialplan', weight: 4, lasts: AT_ONCE },
} as const satisfies Record<string, Kind>;

export type FaultKind = keyof typeof FAULTS;

export const FAULT_KINDS: readonly FaultKind[] = Object.keys(FAULTS).filter(
  (name): name is FaultKind => name in FAULTS,
);

export interface Fault {
  readonly kind: FaultKind;
  /** Milliseconds since the beginning. */
  readonly at: number;
  readonly lastsMs: number;
  /** How bad, or which one, from 0 to 1. */
  readonly dice: number;
}

export type DeedKind = 'edit' | 'edits at once' | 'telephone' | 'lamp' | 'call' | 'code';

const DEEDS: Readonly<Record<DeedKind, number>> = {
  edit: 8,
  'edits at once': 2,
  telephone: 3,
  lamp: 5,
  call: 3,
  code: 1,
};

/** Something that people or telephones do; what, exactly, is in its dice, each from 0 to 1. */
export interface Deed {
  readonly kind: DeedKind;
  readonly at: number;
  readonly dice: readonly [number, number, number, number];
}

export interface Plan {
  readonly faults: readonly Fault[];
  readonly deeds: readonly Deed[];
}

/** Milliseconds of calm before the first fault, and between two. */
const CALM = [1000, 5000] as const;
/** Of faults a part begins before the one before has ended. */
const OVERLAPPING = 0.25;
const DEED_EVERY = [40, 260] as const;

/** What happens when: the same for the same seed. Each kind of fault comes once before any comes again, if time allows. */
export function makePlan({ seed, ms }: { seed: number; ms: number }): Plan {
  const random = createRandom({ seed });
  return { faults: planFaults(random, ms), deeds: planDeeds(random, ms) };
}

function planFaults(random: Random, ms: number): Fault[] {
  const faults: Fault[] = [];
  const unseen = new Set<FaultKind>(FAULT_KINDS);
  let running: Fault | undefined;
  let calmFrom = 0;
  let at = random.between(...CALM);
  while (at < ms) {
    const beside = running;
    const kinds = unseen.size === 0 ? FAULT_KINDS : [...unseen];
    const candidates = kinds.filter((kind) => beside === undefined || mayOverlap(kind, beside.kind));
    if (candidates.length === 0) {
      running = undefined;
      at = calmFrom + random.between(...CALM);
      continue;
    }
    const kind = weighted(random, candidates, (one) => FAULTS[one].weight);
    unseen.delete(kind);
    const [shortest, longest] = FAULTS[kind].lasts;
    const fault = { kind, at, lastsMs: random.between(shortest, longest), dice: random.between(0, 1) };
    faults.push(fault);
    calmFrom = Math.max(calmFrom, fault.at + fault.lastsMs);
    const isOverlapped = beside === undefined && fault.lastsMs > 0 && random.chance(OVERLAPPING);
    running = isOverlapped ? fault : undefined;
    at = isOverlapped ? random.between(fault.at, calmFrom) : calmFrom + random.between(...CALM);
  }
  return faults;
}

/**
 * A gateway that is killed has its kernel go on sending what was written, for as long as the network holds it up: no
 * gateway can help that. And none starts without its store.
 */
function mayOverlap(kind: FaultKind, other: FaultKind): boolean {
  const victims = new Set([FAULTS[kind].victim, FAULTS[other].victim]);
  const isKilled = [kind, other].includes('gateway killed');
  return victims.size === 2 && !(isKilled && (victims.has('link') || victims.has('store')));
}

function planDeeds(random: Random, ms: number): Deed[] {
  const kinds = Object.keys(DEEDS).filter((kind): kind is DeedKind => kind in DEEDS);
  const deeds: Deed[] = [];
  for (let at = 0; at < ms; at += random.between(...DEED_EVERY)) {
    const die = () => random.between(0, 1);
    const kind = weighted(random, kinds, (kind) => DEEDS[kind]);
    deeds.push({ kind, at, dice: [die(), die(), die(), die()] });
  }
  return deeds;
}

function weighted<T>(random: Random, items: readonly T[], weight: (item: T) => number): T {
  let left = random.between(
    0,
    items.reduce((sum, item) => sum + weight(item), 0),
  );
  const found = items.find((item) => (left -= weight(item)) < 0) ?? items.at(-1);
  if (found === undefined) throw new Error('There is nothing to choose from.');
  return found;
}
