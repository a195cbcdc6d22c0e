import { type Difference, type Shown, differences } from './shown.ts';
import type { Truth } from './watch-truth.ts';

/** A fault begins or ends; on one board only, or on all. */
export interface Edge {
  readonly at: number;
  readonly fault: string;
  readonly isBegin: boolean;
  readonly board: string | null;
}

/** One look at a board, with what Asterisk said before, meanwhile and after. */
export interface Look {
  readonly board: string;
  readonly isPage: boolean;
  /** Between these two moments the board was read. */
  readonly from: number;
  readonly to: number;
  /** Null: it does not say live. */
  readonly shown: Shown | null;
  readonly truths: readonly Truth[];
}

/** A period in which a live board showed one wrong value without a break, from the first check to the last. */
export interface WrongMoment {
  readonly board: string;
  readonly what: string;
  readonly from: number;
  readonly ms: number;
  /** The last fault that began or ended before it was over, and how long it had been. */
  readonly fault: string | null;
  readonly afterFaultMs: number;
  /** Longer than it may be. */
  readonly isViolation: boolean;
}

export interface Verdict {
  readonly moments: readonly WrongMoment[];
  /** The longest that a board was not live while there was no fault any more, in milliseconds since the last one. */
  readonly notLiveMs: number;
}

export interface Judge {
  edge(edge: Edge): void;
  look(look: Look): void;
  /** It is over: what is still wrong has been so until now. */
  close(at: number): Verdict;
}

/** After a fault has begun or ended, a board that says live may differ from Asterisk for so many milliseconds. */
export const AFTER_FAULT_MS = 2000;
/** So long at most is what Asterisk has just changed on its way to a board, where there is no fault. */
export const ON_THE_WAY_MS = 1000;
/** What comes over a slow link crosses it three times at most: it is told, asked about, and answered. */
const CROSSINGS = 3;

const EVERYTHING = '*';

interface OpenMoment {
  readonly board: string;
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
export function createJudge({ lag }: { lag: (since: number) => number }): Judge {
  const edges: Edge[] = [];
  const open = new Map<string, OpenMoment>();
  const done: WrongMoment[] = [];
  let notLiveMs = 0;

  function lastEdge(board: string, at: number): Edge | undefined {
    return edges.findLast((edge) => edge.at <= at && (edge.board === null || edge.board === board));
  }

  /** How many faults there were then. */
  function running(at: number): number {
    return edges
      .filter((edge) => edge.at <= at)
      .reduce((count, { isBegin }) => count + (isBegin ? 1 : -1), 0);
  }

  function isTooLong(board: string, from: number, at: number): boolean {
    const onTheWay = from + ON_THE_WAY_MS;
    const afterFault = (lastEdge(board, at)?.at ?? 0) + AFTER_FAULT_MS;
    const dueAt = Math.max(onTheWay, afterFault);
    return at > dueAt && at > dueAt + CROSSINGS * lag(from - ON_THE_WAY_MS);
  }

  function end(key: string, { board, fact, difference, from, isViolation }: OpenMoment, at: number): void {
    open.delete(key);
    const edge = lastEdge(board, at);
    done.push({
      board,
      what: `${fact} ${differenceText(difference)}`,
      from,
      ms: at - from,
      fault: edge?.fault ?? null,
      afterFaultMs: at - (edge?.at ?? 0),
      isViolation: isViolation || isTooLong(board, from, at),
    });
  }

  return {
    edge: (edge) => void edges.push(edge),
    look({ board, isPage, from, to, shown, truths }) {
      if (shown === null && running(from) === 0) {
        notLiveMs = Math.max(notLiveMs, from - (edges.at(-1)?.at ?? from));
      }
      const wrong = wrongIn(shown, truths, isPage);
      if (wrong === null) return;
      for (const [key, moment] of open) {
        if (moment.board !== board) continue;
        const now = wrong.get(moment.fact);
        if (now === undefined || now.shown !== moment.difference.shown) end(key, moment, to);
      }
      for (const [fact, difference] of wrong) {
        const key = `${board} ${fact}`;
        const since = open.get(key);
        const began = since?.from ?? from;
        const isViolation = since?.isViolation === true || isTooLong(board, began, to);
        open.set(key, { board, fact, difference, from: began, isViolation });
      }
    },
    close(at) {
      for (const [key, moment] of open) end(key, moment, at);
      return { moments: done, notLiveMs };
    },
  };
}

/** What differs from all that was so meanwhile; null where Asterisk was going or coming. */
function wrongIn(
  shown: Shown | null,
  truths: readonly Truth[],
  isPage: boolean,
): ReadonlyMap<string, Difference> | null {
  if (shown === null) return new Map();
  const real = truths.map((truth) => truth.shown).filter((truth) => truth !== null);
  if (real.length === 0) return new Map([[EVERYTHING, { shown: 'live', actual: undefined }]]);
  if (real.length < truths.length) return null;
  const [first = new Map<string, Difference>(), ...others] = real.map((truth) =>
    differences(shown, truth, isPage),
  );
  return new Map([...first].filter(([fact]) => others.every((other) => other.has(fact))));
}

function differenceText({ shown = 'nothing', actual = 'nothing' }: Difference): string {
  return `shows ${shown} where Asterisk has ${actual}`;
}
