import type { LedgerReport } from './edit-ledger.ts';
import { FAULT_GRACE_MS, type CheckResult, type Violation } from './consistency-checker.ts';
import { FAULT_KINDS, type PlannedFault } from './plan.ts';

/** Times in milliseconds. */
export interface ChaosReport {
  readonly seed: number;
  readonly ms: number;
  readonly observations: number;
  readonly oracleReads: number;
  readonly unansweredSessions: number;
  readonly faults: readonly { kind: string; count: number; longestViolation: ReportedViolation | null }[];
  /** Violations more than two seconds after the last fault. */
  readonly quietPeriods: Percentiles;
  readonly duringFaults: Percentiles;
  readonly recoveryMs: number;
  readonly edits: Readonly<Record<string, number>>;
  readonly delayed: number;
  readonly unobserved: number;
  readonly violations: readonly string[];
}

interface ReportedViolation {
  readonly client: string;
  readonly what: string;
  readonly startedAtMs: number;
  readonly ms: number;
  readonly afterFaultMs: number;
}

interface Percentiles {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Permitted time until every client is live after the last fault. */
const MAX_RECOVERY_MS = 15_000;

export function makeReport({
  startedAt,
  faults,
  unreadableClients,
  checkResult: { violations: inconsistencies, notLiveMs },
  edits: { results, delayed, unobserved, violations },
  ...run
}: Pick<ChaosReport, 'seed' | 'ms' | 'observations' | 'oracleReads' | 'unansweredSessions'> & {
  startedAt: number;
  faults: readonly PlannedFault[];
  unreadableClients: readonly string[];
  checkResult: CheckResult;
  edits: LedgerReport;
}): ChaosReport {
  const toReported = ({ client, what, from, ms, afterFaultMs }: Violation): ReportedViolation => ({
    client,
    what,
    startedAtMs: Math.round(from - startedAt),
    ms: Math.round(ms),
    afterFaultMs: Math.round(afterFaultMs),
  });
  const isQuiet = ({ fault, ms, afterFaultMs }: Violation) =>
    fault === null || afterFaultMs - ms > FAULT_GRACE_MS;
  const longestViolationOf = (kind: string) =>
    inconsistencies
      .filter((inconsistency) => inconsistency.fault === kind && !isQuiet(inconsistency))
      .toSorted((a, b) => b.ms - a.ms)[0];
  const tooLong = inconsistencies
    .filter(({ isViolation }) => isViolation)
    .map(
      (inconsistency) => `${violationText(toReported(inconsistency))} (${inconsistency.fault ?? 'no fault'})`,
    );
  const lateRecovery =
    notLiveMs > MAX_RECOVERY_MS
      ? [`a board was not live ${Math.round(notLiveMs)} ms after the last fault`]
      : [];
  return {
    ...run,
    faults: FAULT_KINDS.map((kind) => {
      const longestViolation = longestViolationOf(kind);
      const count = faults.filter((fault) => fault.kind === kind).length;
      return {
        kind,
        count,
        longestViolation: longestViolation === undefined ? null : toReported(longestViolation),
      };
    }),
    quietPeriods: percentiles(inconsistencies.filter(isQuiet)),
    duringFaults: percentiles(inconsistencies.filter((inconsistency) => !isQuiet(inconsistency))),
    recoveryMs: Math.round(notLiveMs),
    edits: results,
    delayed,
    unobserved,
    violations: [...unreadableClients, ...tooLong, ...lateRecovery, ...violations],
  };
}

function percentiles(inconsistencies: readonly Violation[]): Percentiles {
  const sorted = inconsistencies.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const quantile = (fraction: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? 0);
  return { count: sorted.length, p50: quantile(0.5), p99: quantile(0.99), max: quantile(1) };
}

function violationText({ client, what, startedAtMs, ms, afterFaultMs }: ReportedViolation): string {
  return `${ms} ms, at ${(startedAtMs / 1000).toFixed(1)} s, until ${afterFaultMs} ms after it: ${client}: ${what}`;
}

export function reportText(report: ChaosReport): string {
  const formatLine = ([a, b, c]: readonly [string, string, string]) =>
    `${a.padEnd(20)}${b.padStart(6)}  ${c}`;
  const percentilesText = ({ count, p50, p99, max }: Percentiles) =>
    `${count}; p50 ${p50} ms, p99 ${p99} ms, longest ${max} ms`;
  const edits = Object.entries(report.edits).map(([code, count]) => `${count} ${code}`);
  return [
    formatLine(['fault', 'times', 'longest that a board said live and was wrong']),
    ...report.faults.map(({ kind, count, longestViolation }) =>
      formatLine([kind, String(count), longestViolation === null ? '–' : violationText(longestViolation)]),
    ),
    '',
    `Boards were looked at ${report.observations} times, and Asterisk answered ${report.oracleReads} times; one of the sessions that ask was deaf ${report.unansweredSessions} times.`,
    `Behind within 2 s of a fault: ${percentilesText(report.duringFaults)}`,
    `Behind at other times: ${percentilesText(report.quietPeriods)}`,
    `All boards live again at the latest ${report.recoveryMs} ms after a fault.`,
    `Edits: ${edits.join(', ')}; held up by network or Asterisk after “not known”: ${report.delayed}; unheard: ${report.unobserved}`,
    ...report.violations.map((violation) => `VIOLATION: ${violation}`),
    `seed ${report.seed}, ${report.ms / 1000} s: ${report.violations.length === 0 ? 'sound' : `${report.violations.length} violations`}`,
  ].join('\n');
}
