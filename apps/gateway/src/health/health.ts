import {
  HEALTH_RETENTION_MS,
  type LinkStateInterval,
  type LinkStatus,
  HEALTH_INTERVAL_MS,
  type Health,
  type HealthSample,
  pbxIdOf,
} from '@lampboard/protocol';
import type { LiveBoard } from '../board/live-board.ts';
import type { CommandHandlers } from '../auth/dispatcher.ts';
import type { Clock } from '../platform/clock.ts';
import type { GaugeSources } from '../metrics/gauges.ts';
import type { Metrics, Totals } from '../metrics/metrics.ts';

/** Limits the memory for a flapping link. */
const MAX_INTERVALS = 500;

/** Records the states of the link to each Asterisk in the last hour, the oldest first. */
function createLinkHistories(board: Pick<LiveBoard, 'current' | 'subscribe'>, now: () => number) {
  const histories = new Map(
    Array.from(board.current().pbxs.values(), ({ id, link }) => [id, createLinkHistory(link, now)]),
  );
  const record = () => {
    for (const { id, link } of board.current().pbxs.values()) histories.get(id)?.record(link);
  };
  board.subscribe({ onDelta: record, onSnapshot: record });
  return histories;
}

function createLinkHistory(initial: LinkStatus, now: () => number) {
  const intervalOf = (link: LinkStatus): LinkStateInterval => ({
    startedAt: now(),
    reason: link.state === 'live' ? null : link.reason,
  });
  let current = intervalOf(initial);
  let intervals = [current];

  function record(link: LinkStatus): void {
    if ((link.state === 'live' ? null : link.reason) === current.reason) return;
    const interval = intervalOf(link);
    current = interval;
    const cutoff = interval.startedAt - HEALTH_RETENTION_MS;
    const recent = intervals.filter(
      (_, index) => (intervals[index + 1]?.startedAt ?? interval.startedAt) > cutoff,
    );
    intervals = [...recent.slice(1 - MAX_INTERVALS), interval];
  }
  return { record, intervals: () => intervals, current: () => current };
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
  const links = createLinkHistories(board, clock.now);
  metrics.gauge({ pbxs: readPbxs, store });
  const failedWrites = () => Object.values(store.writes()).reduce((sum, { failed }) => sum + failed, 0);
  let samples: readonly HealthSample[] = [];
  let lastReading = readCounters(ZERO_TOTALS);

  function readPbxs() {
    const counts = new Map(Array.from(links.keys(), (id) => [id, 0]));
    for (const id of board.current().extensions.keys()) {
      const pbxId = pbxIdOf(id, links.keys());
      counts.set(pbxId, (counts.get(pbxId) ?? 0) + 1);
    }
    return Array.from(links, ([id, link]) => ({ id, link: link.current(), extensions: counts.get(id) ?? 0 }));
  }
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
    read: () => ({
      time: clock.now(),
      pbxs: Array.from(board.current().pbxs.values(), ({ id, name }) => ({
        id,
        name,
        link: links.get(id)?.intervals() ?? [],
      })),
      samples,
    }),
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

/** `addresses`: `host:port` of AMI by PBX; none for the demo PBX. */
export function createHealthCommands(
  health: Pick<HealthRecorder, 'read'>,
  addresses: ReadonlyMap<string, string>,
) {
  function value(): Health {
    const { pbxs, ...rest } = health.read();
    return { ...rest, pbxs: pbxs.map((pbx) => ({ ...pbx, asterisk: addresses.get(pbx.id) ?? null })) };
  }
  return { 'get-health': () => ({ ok: true, value: value() }) } satisfies Partial<CommandHandlers>;
}
