import { type Difference, type BoardSnapshot, diffSnapshots } from './snapshot-diff.ts';
import type { OracleState } from './oracle.ts';

/** A fault begins or ends; on one board only, or on all. */
export interface FaultBoundary {
  readonly timestamp: number;
  readonly fault: string;
  readonly isStart: boolean;
  readonly client: string | null;
}

/** One look at a board, with what Asterisk said before, meanwhile and after. */
export interface Observation {
  readonly client: string;
  readonly isPage: boolean;
  /** Between these two moments the board was read. */
  readonly from: number;
  readonly to: number;
  /** Null: it does not say live. */
  readonly snapshot: BoardSnapshot | null;
  readonly oracleStates: readonly OracleState[];
}

/** A period in which a live board showed one wrong value without a break, from the first check to the last. */
export interface Violation {
  readonly client: string;
  readonly what: string;
  readonly from: number;
  readonly ms: number;
  /** The last fault that began or ended before it was over, and how long it had been. */
  readonly fault: string | null;
  readonly afterFaultMs: number;
  /** Longer than it may be. */
  readonly isViolation: boolean;
}

export interface CheckResult {
  readonly violations: readonly Violation[];
  /** The longest that a board was not live while there was no fault any more, in milliseconds since the last one. */
  readonly notLiveMs: number;
}

export interface ConsistencyChecker {
  faultBoundary(faultBoundary: FaultBoundary): void;
  observe(observe: Observation): void;
  /** It is over: what is still wrong has been so until now. */
  close(timestamp: number): CheckResult;
}

/** After a fault has begun or ended, a board that says live may differ from Asterisk for so many milliseconds. */
export const FAULT_GRACE_MS = 2000;
/** So long at most is what Asterisk has just changed on its way to a board, where there is no fault. */
export const MAX_PROPAGATION_MS = 1000;
/** What comes over a slow link crosses it three times at most: it is told, asked about, and answered. */
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
 * Tells how long boards that say live differ from Asterisk, and whether that is too long. `lag` tells how long at most
 * a byte was on its way over a slow link since a moment, in milliseconds: that is no board's fault. Each new value
 * starts a period of its own: over a slow link, a lamp that changes repeatedly may always be one change behind.
 */
export function createConsistencyChecker({
  maxLagMs,
}: {
  maxLagMs: (since: number) => number;
}): ConsistencyChecker {
  const boundaries: FaultBoundary[] = [];
  const open = new Map<string, OngoingViolation>();
  const done: Violation[] = [];
  let notLiveMs = 0;

  function lastBoundary(client: string, timestamp: number): FaultBoundary | undefined {
    return boundaries.findLast(
      (faultBoundary) =>
        faultBoundary.timestamp <= timestamp &&
        (faultBoundary.client === null || faultBoundary.client === client),
    );
  }

  /** How many faults there were then. */
  function activeFaults(timestamp: number): number {
    return boundaries
      .filter((faultBoundary) => faultBoundary.timestamp <= timestamp)
      .reduce((count, { isStart }) => count + (isStart ? 1 : -1), 0);
  }

  function isTooLong(client: string, from: number, timestamp: number): boolean {
    const propagationDeadline = from + MAX_PROPAGATION_MS;
    const faultDeadline = (lastBoundary(client, timestamp)?.timestamp ?? 0) + FAULT_GRACE_MS;
    const deadline = Math.max(propagationDeadline, faultDeadline);
    return timestamp > deadline && timestamp > deadline + MAX_CROSSINGS * maxLagMs(from - MAX_PROPAGATION_MS);
  }

  function end(
    key: string,
    { client, fact, difference, from, isViolation }: OngoingViolation,
    timestamp: number,
  ): void {
    open.delete(key);
    const faultBoundary = lastBoundary(client, timestamp);
    done.push({
      client,
      what: `${fact} ${differenceText(difference)}`,
      from,
      ms: timestamp - from,
      fault: faultBoundary?.fault ?? null,
      afterFaultMs: timestamp - (faultBoundary?.timestamp ?? 0),
      isViolation: isViolation || isTooLong(client, from, timestamp),
    });
  }

  return {
    faultBoundary: (faultBoundary) => void boundaries.push(faultBoundary),
    observe({ client, isPage, from, to, snapshot, oracleStates }) {
      if (snapshot === null && activeFaults(from) === 0) {
        notLiveMs = Math.max(notLiveMs, from - (boundaries.at(-1)?.timestamp ?? from));
      }
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
        const isViolation = since?.isViolation === true || isTooLong(client, began, to);
        open.set(key, { client, fact, difference, from: began, isViolation });
      }
    },
    close(timestamp) {
      for (const [key, violation] of open) end(key, violation, timestamp);
      return { violations: done, notLiveMs };
    },
  };
}

/** What differs from all that was so meanwhile; null where Asterisk was going or coming. */
function inconsistenciesIn(
  snapshot: BoardSnapshot | null,
  oracleStates: readonly OracleState[],
  isPage: boolean,
): ReadonlyMap<string, Difference> | null {
  if (snapshot === null) return new Map();
  const known = oracleStates
    .map((oracleState) => oracleState.snapshot)
    .filter((oracleState) => oracleState !== null);
  if (known.length === 0) return new Map([[WHOLE_BOARD, { observed: 'live', expected: undefined }]]);
  if (known.length < oracleStates.length) return null;
  const [first = new Map<string, Difference>(), ...others] = known.map((oracleState) =>
    diffSnapshots(snapshot, oracleState, isPage),
  );
  return new Map([...first].filter(([fact]) => others.every((other) => other.has(fact))));
}

function differenceText({ observed = 'nothing', expected = 'nothing' }: Difference): string {
  return `shows ${observed} where Asterisk has ${expected}`;
}
