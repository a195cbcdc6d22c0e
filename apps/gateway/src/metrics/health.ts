import { HEALTH_KEPT_MS, HEALTH_STEP_MS, type Health, type HealthPoint } from '@lampboard/protocol';
import type { Clock } from '../clock.ts';
import type { LiveBoard } from '../pbx/live-board.ts';
import { followLink } from './link-history.ts';
import type { Gauged } from './gauges.ts';
import type { Metrics, Totals } from './metrics.ts';
import { quantile } from './quantile.ts';

/** The last hour in points of ten seconds, for a site without Prometheus. */
export interface HealthKeeper {
  read(): Omit<Health, 'asterisk'>;
  stop(): void;
}

/** What a point is the difference of. */
interface Sample {
  readonly elapsed: number;
  /** Milliseconds of processor time. */
  readonly cpu: number;
  readonly totals: Totals;
  /** Writes to the store that failed. */
  readonly storeFailures: number;
}

/** Before anything was counted. */
const NOTHING: Totals = { events: 0, changes: 0, consoles: 0, refusals: new Map(), fanOut: [] };

export function keepHealth({
  metrics,
  board,
  store,
  clock,
}: {
  metrics: Pick<Metrics, 'totals' | 'gauge'>;
  board: Pick<LiveBoard, 'current' | 'subscribe'>;
  store: Gauged['store'];
  clock: Clock;
}): HealthKeeper {
  const link = followLink({ board, now: clock.now });
  metrics.gauge({ link: link.current, extensions: () => board.current().rows.size, store });
  const failedWrites = () => Object.values(store.writes()).reduce((sum, { failed }) => sum + failed, 0);
  let points: readonly HealthPoint[] = [];
  let last = sampleOf(NOTHING);

  function sampleOf(totals: Totals): Sample {
    const { user, system } = process.cpuUsage();
    return { elapsed: clock.elapsed(), cpu: (user + system) / 1000, totals, storeFailures: failedWrites() };
  }
  async function note(): Promise<void> {
    const sample = sampleOf(await metrics.totals());
    const point = pointOf(last, sample, clock.now());
    last = sample;
    points = [...points.slice(1 - HEALTH_KEPT_MS / HEALTH_STEP_MS), point];
  }
  const timer = setInterval(() => void note(), HEALTH_STEP_MS);

  return {
    read: () => ({ time: clock.now(), link: link.spells(), points }),
    stop: () => clearInterval(timer),
  };
}

function pointOf(before: Sample, after: Sample, at: number): HealthPoint {
  const ms = after.elapsed - before.elapsed;
  const aSecond = (key: 'events' | 'changes') => ((after.totals[key] - before.totals[key]) / ms) * 1000;
  const refusals = [...after.totals.refusals]
    .map(([code, count]) => [code, count - (before.totals.refusals.get(code) ?? 0)] as const)
    .filter(([, count]) => count > 0);
  return {
    at,
    events: aSecond('events'),
    changes: aSecond('changes'),
    fanOut: fanOutOf(before.totals, after.totals),
    consoles: after.totals.consoles,
    refusals: Object.fromEntries(refusals),
    cpu: (after.cpu - before.cpu) / ms,
    storeFailures: after.storeFailures - before.storeFailures,
    memory: process.memoryUsage.rss(),
  };
}

function fanOutOf(before: Totals, after: Totals): HealthPoint['fanOut'] {
  const buckets = after.fanOut.map(
    ([bound, count], place) => [bound, count - (before.fanOut[place]?.[1] ?? 0)] as const,
  );
  const [p50, p99] = [quantile(0.5, buckets), quantile(0.99, buckets)];
  return p50 === null || p99 === null ? null : { p50: p50 * 1000, p99: p99 * 1000 };
}
