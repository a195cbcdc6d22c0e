import type { LedgerReport } from './edit-ledger.ts';
import { AFTER_FAULT_MS, type Verdict, type WrongMoment } from './judge.ts';
import { FAULT_KINDS, type Fault } from './plan.ts';

/** Milliseconds throughout; `at` counts from the beginning of the run. */
export interface ChaosReport {
  readonly seed: number;
  readonly ms: number;
  readonly looks: number;
  /** How often Asterisk answered, and how often one of the sessions that ask it was deaf while the other was not. */
  readonly asked: number;
  readonly deafSessions: number;
  readonly faults: readonly { kind: string; count: number; longest: Moment | null }[];
  /** Of the moments in which a board was behind although there was no fault within two seconds before. */
  readonly calm: Percentiles;
  /** Of all others. */
  readonly afterFaults: Percentiles;
  readonly liveAgainMs: number;
  readonly edits: Readonly<Record<string, number>>;
  readonly heldUp: number;
  readonly unheard: number;
  readonly violations: readonly string[];
}

interface Moment {
  readonly board: string;
  readonly what: string;
  readonly at: number;
  readonly ms: number;
  readonly afterFaultMs: number;
}

interface Percentiles {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

/** Once there is no fault any more, every board is live again in so many milliseconds at most. */
const LIVE_AGAIN_MS = 15_000;

export function makeReport({
  seed,
  ms,
  began,
  faults,
  looks,
  asked,
  deafSessions,
  broken,
  verdict: { moments, notLiveMs },
  edits: { results, heldUp, unheard, violations },
}: {
  seed: number;
  ms: number;
  began: number;
  faults: readonly Fault[];
  looks: number;
  asked: number;
  deafSessions: number;
  /** Boards that could not be read any more, and why. */
  broken: readonly string[];
  verdict: Verdict;
  edits: LedgerReport;
}): ChaosReport {
  const told = ({ board, what, from, ms, afterFaultMs }: WrongMoment): Moment => ({
    board,
    what,
    at: Math.round(from - began),
    ms: Math.round(ms),
    afterFaultMs: Math.round(afterFaultMs),
  });
  const isCalm = ({ fault, ms, afterFaultMs }: WrongMoment) =>
    fault === null || afterFaultMs - ms > AFTER_FAULT_MS;
  const longestOf = (kind: string) =>
    moments.filter((moment) => moment.fault === kind && !isCalm(moment)).toSorted((a, b) => b.ms - a.ms)[0];
  const tooLong = moments
    .filter(({ isViolation }) => isViolation)
    .map((moment) => `${words(told(moment))} (${moment.fault ?? 'no fault'})`);
  const late =
    notLiveMs > LIVE_AGAIN_MS
      ? [`a board was not live ${Math.round(notLiveMs)} ms after the last fault`]
      : [];
  return {
    seed,
    ms,
    looks,
    asked,
    deafSessions,
    faults: FAULT_KINDS.map((kind) => {
      const longest = longestOf(kind);
      const count = faults.filter((fault) => fault.kind === kind).length;
      return { kind, count, longest: longest === undefined ? null : told(longest) };
    }),
    calm: percentiles(moments.filter(isCalm)),
    afterFaults: percentiles(moments.filter((moment) => !isCalm(moment))),
    liveAgainMs: Math.round(notLiveMs),
    edits: results,
    heldUp,
    unheard,
    violations: [...broken, ...tooLong, ...late, ...violations],
  };
}

function percentiles(moments: readonly WrongMoment[]): Percentiles {
  const sorted = moments.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), most: at(1) };
}

function words({ board, what, at, ms, afterFaultMs }: Moment): string {
  return `${ms} ms, at ${(at / 1000).toFixed(1)} s, until ${afterFaultMs} ms after it: ${board}: ${what}`;
}

/** The report as text, a table and a few lines. */
export function reportText(report: ChaosReport): string {
  const row = ([a, b, c]: readonly [string, string, string]) => `${a.padEnd(20)}${b.padStart(6)}  ${c}`;
  const spread = ({ count, p50, p99, most }: Percentiles) =>
    `${count}; p50 ${p50} ms, p99 ${p99} ms, longest ${most} ms`;
  const edits = Object.entries(report.edits).map(([code, count]) => `${count} ${code}`);
  return [
    row(['fault', 'times', 'longest that a board said live and was wrong']),
    ...report.faults.map(({ kind, count, longest }) =>
      row([kind, String(count), longest === null ? '–' : words(longest)]),
    ),
    '',
    `Boards were looked at ${report.looks} times, and Asterisk answered ${report.asked} times; one of the sessions that ask was deaf ${report.deafSessions} times.`,
    `Behind within 2 s of a fault: ${spread(report.afterFaults)}`,
    `Behind at other times: ${spread(report.calm)}`,
    `All boards live again at the latest ${report.liveAgainMs} ms after a fault.`,
    `Edits: ${edits.join(', ')}; held up by network or Asterisk after “not known”: ${report.heldUp}; unheard: ${report.unheard}`,
    ...report.violations.map((violation) => `VIOLATION: ${violation}`),
    `seed ${report.seed}, ${report.ms / 1000} s: ${report.violations.length === 0 ? 'sound' : `${report.violations.length} violations`}`,
  ].join('\n');
}
