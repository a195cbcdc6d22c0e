import type { CommandHandlers } from '../auth/dispatcher.ts';
import { HEALTH_RETENTION_MS, HEALTH_INTERVAL_MS, type Health, type HealthSample } from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';
import type { LiveBoard } from '../board/live-board.ts';
import { createLinkHistory } from './link-history.ts';
import type { GaugeSources } from '../metrics/gauges.ts';
import type { Metrics, Totals } from '../metrics/metrics.ts';

/** The last hour in points of ten seconds, for a site without Prometheus. */
export interface HealthRecorder {
  read(): Omit<Health, 'asterisk'>;
  stop(): void;
}

/** What a point is the difference of. */
interface CounterReading {
  readonly elapsed: number;
  /** Milliseconds of processor time. */
  readonly cpu: number;
  readonly totals: Totals;
  /** Writes to the store that failed. */
  readonly storeFailures: number;
}

/** Before anything was counted. */
const ZERO_TOTALS: Totals = { events: 0, changes: 0, clients: 0, failures: new Map(), updateLatency: [] };

export function startHealthRecorder({
  metrics,
  board,
  store,
  clock,
}: {
  metrics: Pick<Metrics, 'totals' | 'gauge'>;
  board: Pick<LiveBoard, 'current' | 'subscribe'>;
  store: GaugeSources['store'];
  clock: Clock;
}): HealthRecorder {
  const link = createLinkHistory({ board, now: clock.now });
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
    read: () => ({ time: clock.now(), link: link.intervals(), samples }),
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

/** How many values were at most `bound`, those of all buckets before included. */
export type Bucket = readonly [bound: number, count: number];

/**
 * The value below which the share `q` of all lies, as Prometheus' histogram_quantile tells it: spread evenly over its
 * bucket, and the last finite bound where it lies beyond. Null where there are no values.
 */
export function quantile(q: number, buckets: readonly Bucket[]): number | null {
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

/** How the gateway itself has been. */
export function createHealthCommands({
  health,
  asterisk,
}: {
  health: Pick<HealthRecorder, 'read'>;
  /** The address of AMI, `host:port`; null for the demo PBX. */
  asterisk: string | null;
}): Pick<CommandHandlers, 'get-health'> {
  return { 'get-health': () => ({ ok: true, value: { ...health.read(), asterisk } }) };
}
