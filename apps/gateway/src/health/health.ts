import { linkOf } from '@lampboard/model';
import {
  HEALTH_RETENTION_MS,
  type LinkStateInterval,
  type LinkStatus,
  HEALTH_INTERVAL_MS,
  type Health,
  type HealthSample,
} from '@lampboard/protocol';
import type { LiveBoard } from '../board/live-board.ts';
import type { CommandHandlers } from '../auth/dispatcher.ts';
import type { Clock } from '../platform/clock.ts';
import type { GaugeSources } from '../metrics/gauges.ts';
import type { Metrics, Totals } from '../metrics/metrics.ts';

/** Limits the memory for a flapping link. */
const MAX_INTERVALS = 500;

/** Records the states of the link to Asterisk in the last hour, the oldest first. */
function createLinkHistory(board: Pick<LiveBoard, 'current' | 'subscribe'>, now: () => number) {
  const intervalOf = (link: LinkStatus): LinkStateInterval => ({
    startedAt: now(),
    reason: link.state === 'live' ? null : link.reason,
  });
  let current = intervalOf(linkOf(board.current().pbxs.values()));
  let intervals = [current];

  function record(link: LinkStatus): void {
    const interval = intervalOf(link);
    if (interval.reason === current.reason) return;
    current = interval;
    const cutoff = interval.startedAt - HEALTH_RETENTION_MS;
    const recent = intervals.filter(
      (_, index) => (intervals[index + 1]?.startedAt ?? interval.startedAt) > cutoff,
    );
    intervals = [...recent.slice(1 - MAX_INTERVALS), interval];
  }
  board.subscribe({
    onDelta: () => record(linkOf(board.current().pbxs.values())),
    onSnapshot: ({ pbxs }) => record(linkOf(pbxs)),
  });

  return { intervals: () => intervals, current: () => current };
}

/** Samples of the last hour, for sites without Prometheus. */
type HealthRecorder = ReturnType<typeof startHealthRecorder>;

/** A sample is the difference of two readings. */
interface CounterReading {
  readonly elapsed: number;
  /** Processor time in milliseconds. */
  readonly cpu: number;
  readonly totals: Totals;
  /** Failed writes to the store. */
  readonly storeFailures: number;
}

const ZERO_TOTALS: Totals = { events: 0, changes: 0, clients: 0, failures: new Map(), updateLatency: [] };

interface HealthRecorderOptions {
  metrics: Pick<Metrics, 'totals' | 'gauge'>;
  board: Pick<LiveBoard, 'current' | 'subscribe'>;
  store: GaugeSources['store'];
  clock: Clock;
}

export function startHealthRecorder({ metrics, board, store, clock }: HealthRecorderOptions) {
  const link = createLinkHistory(board, clock.now);
  metrics.gauge({ link: link.current, extensions: () => board.current().extensions.size, store });
  const failedWrites = () => Object.values(store.writes()).reduce((sum, { failed }) => sum + failed, 0);
  let samples: readonly HealthSample[] = [];
  let lastReading = readCounters(ZERO_TOTALS);

  function readCounters(totals: Totals): CounterReading {
    const { user, system } = process.cpuUsage();
    return { elapsed: clock.monotonic(), cpu: (user + system) / 1000, totals, storeFailures: failedWrites() };
  }
  async function takeSample(): Promise<void> {
    const reading = readCounters(await metrics.totals());
    const sample = sampleBetween(lastReading, reading, clock.now());
    lastReading = reading;
    samples = [...samples.slice(1 - HEALTH_RETENTION_MS / HEALTH_INTERVAL_MS), sample];
  }
  const timer = setInterval(() => void takeSample(), HEALTH_INTERVAL_MS);

  return {
    read: (): Omit<Health, 'asterisk'> => ({ time: clock.now(), link: link.intervals(), samples }),
    stop: () => clearInterval(timer),
  };
}

function sampleBetween(before: CounterReading, after: CounterReading, timestamp: number): HealthSample {
  const ms = after.elapsed - before.elapsed;
  const perSecond = (key: 'events' | 'changes') => ((after.totals[key] - before.totals[key]) / ms) * 1000;
  const failures = [...after.totals.failures]
    .map(([code, count]) => [code, count - (before.totals.failures.get(code) ?? 0)] as const)
    .filter(([, count]) => count > 0);
  return {
    timestamp,
    events: perSecond('events'),
    changes: perSecond('changes'),
    updateLatency: updateLatencyOf(before.totals, after.totals),
    clients: after.totals.clients,
    failures: Object.fromEntries(failures),
    cpu: (after.cpu - before.cpu) / ms,
    storeFailures: after.storeFailures - before.storeFailures,
    memory: process.memoryUsage.rss(),
  };
}

function updateLatencyOf(before: Totals, after: Totals): HealthSample['updateLatency'] {
  const buckets = after.updateLatency.map(
    ([bound, count], index) => [bound, count - (before.updateLatency[index]?.[1] ?? 0)] as const,
  );
  const [p50, p99] = [quantile(0.5, buckets), quantile(0.99, buckets)];
  return p50 === null || p99 === null ? null : { p50: p50 * 1000, p99: p99 * 1000 };
}

/** Computes a quantile like Prometheus' `histogram_quantile`; null without values. */
export function quantile(q: number, buckets: Totals['updateLatency']): number | null {
  const total = buckets.at(-1)?.[1] ?? 0;
  if (total === 0) return null;
  let [lower, before] = [0, 0];
  for (const [bound, count] of buckets) {
    if (bound === Number.POSITIVE_INFINITY) break;
    if (count >= q * total) return lower + (bound - lower) * ((q * total - before) / (count - before));
    [lower, before] = [bound, count];
  }
  return lower;
}

/** `asterisk`: `host:port` of AMI; null for the demo PBX. */
export function createHealthCommands(health: Pick<HealthRecorder, 'read'>, asterisk: string | null) {
  const value = () => ({ ...health.read(), asterisk });
  return { 'get-health': () => ({ ok: true, value: value() }) } satisfies Partial<CommandHandlers>;
}
