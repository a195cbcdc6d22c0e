import { setTimeout as delay } from 'node:timers/promises';
import { startDemoLoad } from '../../testkit/pbx/demo-load.ts';
import { cpuMs, maxRssKb, rssKb } from '../../testkit/processes/proc-stats.ts';
import { now } from '../harness/measure.ts';
import { type Report, type Scale, target } from '../harness/report.ts';
import { withResources } from '../../testkit/processes/resources.ts';
import { startGatewayWithClients } from '../harness/start-clients.ts';

const EXTENSIONS = 5000;
const PER_SECOND = 100;
const SAMPLE_MS = 1000;
/** Leading part of the samples that is ignored. */
const WARM_UP_FRACTION = 0.4;
const MS_PER_HOUR = 3_600_000;

interface Sample {
  readonly timestamp: number;
  readonly mb: number;
}

/** Memory of a gateway with many extensions and clients under load, and its growth. */
export async function measureMemory({ isSmoke, minutes }: Scale): Promise<Report> {
  const ms = isSmoke ? 1500 : minutes * 60_000;
  const size = isSmoke ? 3 : 200;
  return withResources(async (track) => {
    const { amiPort } = await track(startDemoLoad({ extensions: EXTENSIONS, rate: PER_SECOND }));
    const { pid, clients } = await startGatewayWithClients(track, amiPort, size);
    const start = now();
    const before = await cpuMs(pid);
    const samples: Sample[] = [];
    while (now() < start + ms) {
      samples.push({ timestamp: now(), mb: (await rssKb({ pid })) / 1024 });
      // Throws if a client was disconnected, and keeps the logs short.
      await clients.collect();
      await delay(SAMPLE_MS);
    }
    const cpuFraction = ((await cpuMs(pid)) - before) / (now() - start);
    // Includes the start, and peaks between two samples.
    const maxMb = (await maxRssKb({ pid })) / 1024;
    const { slope, error } = slopeOf(samples.slice(Math.floor(samples.length * WARM_UP_FRACTION)));
    return {
      tables: [
        {
          title: `${EXTENSIONS} extensions, ${size} clients, ${PER_SECOND} changes a second for ${(ms / 60_000).toFixed(1)} minutes`,
          columns: ['most MB', 'MB/hour', '± (standard error)', 'CPU %'],
          rows: [[maxMb, slope * MS_PER_HOUR, error * MS_PER_HOUR, cpuFraction * 100]],
        },
      ],
      targets: [target('memory of the gateway', maxMb, 200, ' MB')],
    };
  });
}

/** Least squares fit with its standard error; MB per millisecond. */
function slopeOf(samples: readonly Sample[]): { slope: number; error: number } {
  const count = samples.length;
  const mean = (select: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + select(sample), 0) / count;
  const timestamp = mean((sample) => sample.timestamp);
  const mb = mean((sample) => sample.mb);
  const sum = (select: (x: number, y: number) => number) =>
    samples.reduce((total, sample) => total + select(sample.timestamp - timestamp, sample.mb - mb), 0);
  const spread = sum((x) => x * x);
  const slope = sum((x, y) => x * y) / spread;
  const residual = sum((x, y) => (y - slope * x) ** 2);
  return { slope, error: Math.sqrt(residual / (count - 2) / spread) };
}
