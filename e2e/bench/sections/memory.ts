import { setTimeout as delay } from 'node:timers/promises';
import { startDemoLoad } from '../../testkit/pbx/demo-load.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { now, cpuMs, rssMb } from '../harness/measure.ts';
import type { Report, Scale } from '../harness/report.ts';
import { withResources } from '../harness/resources.ts';
import { startClients } from '../harness/start-clients.ts';

const EXTENSIONS = 5000;
const PER_SECOND = 100;
const SAMPLE_MS = 1000;
/** The first share of the time is not counted: a process takes what it needs. */
const WARM_UP_FRACTION = 0.4;
const MS_PER_HOUR = 3_600_000;

interface Sample {
  /** Milliseconds. */
  readonly timestamp: number;
  readonly mb: number;
}

/** What a gateway with many extensions and boards holds in memory under load, and whether it grows. */
export async function measureMemory({ isSmoke, minutes }: Scale): Promise<Report> {
  const ms = isSmoke ? 1500 : minutes * 60_000;
  const size = isSmoke ? 3 : 200;
  return withResources(async (track) => {
    const pbx = await track(startDemoLoad({ extensions: EXTENSIONS, rate: PER_SECOND }));
    const gateway = await track(startGateway({ amiPort: pbx.amiPort }));
    const { pid } = gateway.child();
    const clients = await track(startClients(gateway, size));
    const start = now();
    const before = await cpuMs(pid);
    const samples: Sample[] = [];
    while (now() < start + ms) {
      samples.push({ timestamp: now(), mb: (await rssMb(pid)).mb });
      // Throws where a board was lost; and what they were sent is not to pile up.
      await clients.collect();
      await delay(SAMPLE_MS);
    }
    const cpuFraction = ((await cpuMs(pid)) - before) / (now() - start);
    // Its start counts too, and what it held for a moment between two samples.
    const { maxMb } = await rssMb(pid);
    const { slope, error } = slopeOf(samples.slice(Math.floor(samples.length * WARM_UP_FRACTION)));
    return {
      tables: [
        {
          title: `${EXTENSIONS} extensions, ${size} boards, ${PER_SECOND} changes a second for ${(ms / 60_000).toFixed(1)} minutes`,
          columns: ['most MB', 'MB/hour', '± (standard error)', 'CPU %'],
          rows: [[maxMb, slope * MS_PER_HOUR, error * MS_PER_HOUR, cpuFraction * 100]],
        },
      ],
      targets: [{ name: 'memory of the gateway', value: maxMb, max: 200, unit: ' MB' }],
    };
  });
}

/** By least squares, with its standard error; MB a millisecond. */
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
