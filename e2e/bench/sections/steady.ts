import { setTimeout as delay } from 'node:timers/promises';
import { reportTimes } from '../harness/state-log.ts';
import type { LampDriver } from '../harness/lamp-driver.ts';
import { median, percentile, cpuMs } from '../harness/measure.ts';
import { type BenchClients, reportTimesByClient } from '../harness/start-clients.ts';
import type { BenchWorker } from '../harness/worker.ts';
import { broadcastBaseline } from './baseline-broadcast.ts';

const SETTLE_MS = 500;

export interface SteadyRun {
  readonly frames: number;
  /**
   * Milliseconds from the event at another AMI session to the delta at a client, over all changes and
   * clients.
   */
  readonly median: number;
  readonly p99: number;
  /** CPU time of the gateway, and of the minimal broadcast, for each delta at each client: microseconds. */
  readonly deltaUs: number;
  readonly baselineUs: number;
  /** Latency of the minimal broadcast, milliseconds. */
  readonly baselineMedian: number;
  readonly baselineP99: number;
}

export async function measureSteady({
  gateway,
  lamps,
  amiListener,
  clients,
  extens,
  perSecond,
  ms,
}: {
  gateway: number;
  lamps: LampDriver;
  amiListener: BenchWorker<'sessions'>;
  clients: BenchClients;
  extens: readonly string[];
  perSecond: number;
  ms: number;
}): Promise<SteadyRun> {
  await Promise.all([amiListener.collect(), clients.collect()]);
  const before = await cpuMs(gateway);
  const changes = await lamps.changeRandomly({ extens, perSecond, ms });
  await delay(SETTLE_MS);
  const usedCpuMs = (await cpuMs(gateway)) - before;
  const [[eventReports = []], clientLog] = await Promise.all([amiListener.collect(), clients.collect()]);
  const raw = reportTimes('the AMI session', changes, eventReports);
  const lagMs = reportTimesByClient(clientLog, changes).flatMap((moments) =>
    moments.map((timestamp, index) => timestamp - (raw[index] ?? timestamp)),
  );
  const baseline = await broadcastBaseline(clientLog, SETTLE_MS);
  const deliveries = clientLog.frames.length * clientLog.clients.length;
  return {
    frames: clientLog.frames.length,
    median: median(lagMs),
    p99: percentile(lagMs, 0.99),
    deltaUs: (usedCpuMs * 1000) / deliveries,
    baselineUs: (baseline.cpuMs * 1000) / deliveries,
    baselineMedian: median(baseline.lagMs),
    baselineP99: percentile(baseline.lagMs, 0.99),
  };
}
