import { percentile } from '../bench/harness/measure.ts';
import type { LedgerReport } from './edit-ledger.ts';
import { FAULT_GRACE_MS, type CheckResult, type Violation } from './consistency-checker.ts';
import { FAULT_KINDS, type PlannedFault } from './plan.ts';

/** Times in milliseconds. */
type ChaosReport = ReturnType<typeof makeReport>;

/** Permitted time until every client is live after the last fault. */
const MAX_RECOVERY_MS = 15_000;

export function makeReport({
  startedAt,
  faults,
  unreadableClients,
  checkResult: { violations: inconsistencies, recovery, outages },
  edits: { results, violations, ...edits },
  ...run
}: {
  /** Empty where there is one PBX. */
  name: string;
  seed: number;
  ms: number;
  observations: number;
  oracleReads: number;
  unansweredSessions: number;
  startedAt: number;
  faults: readonly PlannedFault[];
  unreadableClients: readonly string[];
  checkResult: CheckResult;
  edits: LedgerReport;
}) {
  const isQuiet = ({ fault, ms, afterFaultMs }: Violation) =>
    fault === null || afterFaultMs - ms > FAULT_GRACE_MS;
  const duringFaults = inconsistencies.filter((inconsistency) => !isQuiet(inconsistency));
  const tooLong = inconsistencies
    .filter(({ isViolation }) => isViolation)
    .map(
      (violation) => `${violationText(toReported(startedAt, violation))} (${violation.fault ?? 'no fault'})`,
    );
  const unexplained = outages.map(
    ({ client, from }) =>
      `${client} was not live at ${((from - startedAt) / 1000).toFixed(1)} s, without a fault of the PBX`,
  );
  const lateRecovery =
    recovery.ms > MAX_RECOVERY_MS
      ? [`${recovery.client} was not live ${Math.round(recovery.ms)} ms after the last fault`]
      : [];
  return {
    ...run,
    faults: FAULT_KINDS.map((kind) => {
      const [longest] = duringFaults.filter(({ fault }) => fault === kind).toSorted((a, b) => b.ms - a.ms);
      const count = faults.filter((fault) => fault.kind === kind).length;
      return { kind, count, longestViolation: longest === undefined ? null : toReported(startedAt, longest) };
    }),
    /** Violations more than two seconds after the last fault. */
    quietPeriods: percentiles(inconsistencies.filter(isQuiet)),
    duringFaults: percentiles(duringFaults),
    recoveryMs: Math.round(recovery.ms),
    edits: results,
    ...edits,
    violations: [...unreadableClients, ...tooLong, ...unexplained, ...lateRecovery, ...violations],
  };
}

function percentiles(inconsistencies: readonly Violation[]) {
  const values = inconsistencies.map(({ ms }) => ms);
  const rounded = (fraction: number) => Math.round(percentile(values, fraction) || 0);
  return { count: values.length, p50: rounded(0.5), p99: rounded(0.99), max: rounded(1) };
}

const toReported = (startedAt: number, { client, what, from, ms, afterFaultMs }: Violation) => ({
  client,
  what,
  startedAtMs: Math.round(from - startedAt),
  ms: Math.round(ms),
  afterFaultMs: Math.round(afterFaultMs),
});

const violationText = ({ client, what, startedAtMs, ms, afterFaultMs }: ReturnType<typeof toReported>) =>
  `${ms} ms, at ${(startedAtMs / 1000).toFixed(1)} s, until ${afterFaultMs} ms after it: ${client}: ${what}`;

export function reportText(report: ChaosReport): string {
  const formatLine = (a: string, b: string, c: string) => `${a.padEnd(20)}${b.padStart(6)}  ${c}`;
  const percentilesText = ({ count, p50, p99, max }: ReturnType<typeof percentiles>) =>
    `${count}; p50 ${p50} ms, p99 ${p99} ms, longest ${max} ms`;
  const edits = Object.entries(report.edits).map(([code, count]) => `${count} ${code}`);
  return [
    ...(report.name === '' ? [] : [`== ${report.name} ==`]),
    formatLine('fault', 'times', 'longest that a board said live and was wrong'),
    ...report.faults.map(({ kind, count, longestViolation }) =>
      formatLine(kind, String(count), longestViolation === null ? '–' : violationText(longestViolation)),
    ),
    '',
    `Boards were checked ${report.observations} times, and Asterisk answered ${report.oracleReads} queries; ${report.unansweredSessions} query sessions got no answer.`,
    `Behind within 2 s of a fault: ${percentilesText(report.duringFaults)}`,
    `Behind at other times: ${percentilesText(report.quietPeriods)}`,
    `All boards live again at the latest ${report.recoveryMs} ms after a fault.`,
    `Edits: ${edits.join(', ')}; held up by network or Asterisk after “not known”: ${report.delayed}; unheard: ${report.unobserved}`,
    ...report.violations.map((violation) => `VIOLATION: ${violation}`),
    `seed ${report.seed}, ${report.ms / 1000} s: ${report.violations.length === 0 ? 'sound' : `${report.violations.length} violations`}`,
  ].join('\n');
}
