import { CALL_FACT } from './call-facts.ts';
import { type Difference, type BoardSnapshot, diffSnapshots } from './snapshot-diff.ts';
import type { OracleState } from './oracle.ts';

/** Start or end of a fault, for one client or (null) for all. */
export interface FaultBoundary {
  readonly timestamp: number;
  readonly fault: string;
  readonly isStart: boolean;
  readonly client: string | null;
}

/** One read of a client, with the states of Asterisk before, during and after it. */
interface Observation {
  readonly client: string;
  readonly isPage: boolean;
  /** Start and end of the read. */
  readonly from: number;
  readonly to: number;
  /** Null: not live. */
  readonly snapshot: BoardSnapshot | null;
  readonly oracleStates: readonly OracleState[];
}

/** A period in which a live client showed one wrong value at every check. */
export interface Violation {
  readonly client: string;
  readonly what: string;
  readonly from: number;
  readonly ms: number;
  /** The last fault that began or ended before the end of the period, and the time since then. */
  readonly fault: string | null;
  readonly afterFaultMs: number;
  /** Longer than permitted. */
  readonly isViolation: boolean;
}

/** A client that was live and is not, though no fault of its PBX explains it. */
interface Outage {
  readonly client: string;
  readonly from: number;
}

export type ConsistencyChecker = ReturnType<typeof createConsistencyChecker>;
export type CheckResult = ReturnType<ConsistencyChecker['close']>;

/** A live client may differ from Asterisk for this long after a fault has begun or ended, in milliseconds. */
export const FAULT_GRACE_MS = 2000;
/** What a fault leads to is over this long after it has begun or ended, in milliseconds. */
const AFTERMATH_MS = 5000;
/** Maximum propagation time of a change without faults, in milliseconds. */
const MAX_PROPAGATION_MS = 1000;
/** The same of a call: of some changes Asterisk sends no event. */
const MAX_CALL_PROPAGATION_MS = 2000;
/** A change crosses a slow link three times at most: event, query, response. */
const MAX_CROSSINGS = 3;

const WHOLE_BOARD = '*';

interface OngoingViolation {
  readonly client: string;
  readonly fact: string;
  readonly difference: Difference;
  readonly from: number;
  readonly isViolation: boolean;
}

/**
 * Measures how long live clients differ from Asterisk, and whether that is permitted. `maxLagMs` returns the
 * maximum transfer time of a byte on a slow link since a moment, which is added to the limit. Each new value
 * starts its own period: over a slow link a lamp that changes repeatedly may always be one change behind.
 */
export function createConsistencyChecker(maxLagMs: (since: number) => number) {
  const boundaries: FaultBoundary[] = [];
  const open = new Map<string, OngoingViolation>();
  const done: Violation[] = [];
  /** Longest time after the last fault until a client was live, and which client that was. */
  let recovery = { ms: 0, client: '' };
  const liveClients = new Set<string>();
  const outages: Outage[] = [];

  function lastBoundary(client: string, timestamp: number): FaultBoundary | undefined {
    return boundaries.findLast(
      (boundary) => boundary.timestamp <= timestamp && [null, client].includes(boundary.client),
    );
  }

  function activeFaults(timestamp: number): number {
    return boundaries
      .filter((boundary) => boundary.timestamp <= timestamp)
      .reduce((count, { isStart }) => count + (isStart ? 1 : -1), 0);
  }

  function isTooLong(client: string, fact: string, from: number, timestamp: number): boolean {
    const faultAt = lastBoundary(client, timestamp)?.timestamp ?? 0;
    const propagationMs = fact.startsWith(CALL_FACT) ? MAX_CALL_PROPAGATION_MS : MAX_PROPAGATION_MS;
    const deadline = Math.max(from + propagationMs, faultAt + FAULT_GRACE_MS);
    return timestamp > deadline && timestamp > deadline + MAX_CROSSINGS * maxLagMs(from - MAX_PROPAGATION_MS);
  }

  function end(key: string, violation: OngoingViolation, timestamp: number): void {
    const { client, fact, difference, from, isViolation } = violation;
    open.delete(key);
    const boundary = lastBoundary(client, timestamp);
    done.push({
      client,
      what: `${fact} ${differenceText(difference)}`,
      from,
      ms: timestamp - from,
      fault: boundary?.fault ?? null,
      afterFaultMs: timestamp - (boundary?.timestamp ?? 0),
      isViolation: isViolation || isTooLong(client, fact, from, timestamp),
    });
  }

  return {
    faultBoundary: (boundary: FaultBoundary) => void boundaries.push(boundary),
    observe({ client, isPage, from, to, snapshot, oracleStates }: Observation) {
      if (snapshot === null && activeFaults(from) === 0) {
        const sinceFaultMs = from - (boundaries.at(-1)?.timestamp ?? 0);
        if (boundaries.length > 0 && sinceFaultMs > recovery.ms) recovery = { ms: sinceFaultMs, client };
        if (liveClients.has(client) && sinceFaultMs > AFTERMATH_MS) outages.push({ client, from });
      }
      if (snapshot === null) liveClients.delete(client);
      else liveClients.add(client);
      const inconsistencies = inconsistenciesIn(snapshot, oracleStates, isPage);
      if (inconsistencies === null) return;
      for (const [key, violation] of open) {
        if (violation.client !== client) continue;
        const now = inconsistencies.get(violation.fact);
        if (now === undefined || now.observed !== violation.difference.observed) end(key, violation, to);
      }
      for (const [fact, difference] of inconsistencies) {
        const key = `${client} ${fact}`;
        const since = open.get(key);
        const began = since?.from ?? from;
        const isViolation = since?.isViolation === true || isTooLong(client, fact, began, to);
        open.set(key, { client, fact, difference, from: began, isViolation });
      }
    },
    /** Ends every ongoing violation. */
    close(timestamp: number) {
      for (const [key, violation] of open) end(key, violation, timestamp);
      return { violations: done, recovery, outages };
    },
  };
}

/** Differences to all states during the observation; null while Asterisk was starting or stopping. */
function inconsistenciesIn(
  snapshot: BoardSnapshot | null,
  oracleStates: readonly OracleState[],
  isPage: boolean,
): ReadonlyMap<string, Difference> | null {
  if (snapshot === null) return new Map();
  const known = oracleStates.flatMap((state) => state.snapshot ?? []);
  if (known.length === 0) return new Map([[WHOLE_BOARD, { observed: 'live', expected: undefined }]]);
  if (known.length < oracleStates.length) return null;
  const [first, ...others] = known.map((oracleSnapshot) => diffSnapshots(snapshot, oracleSnapshot, isPage));
  return new Map([...(first ?? [])].filter(([fact]) => others.every((other) => other.has(fact))));
}

function differenceText({ observed = 'nothing', expected = 'nothing' }: Difference): string {
  return `shows ${observed} where Asterisk has ${expected}`;
}
