import { setTimeout as delay } from 'node:timers/promises';
import { startDemoLoad } from '../gateway/start-demo-load.ts';
import { startGateway } from '../gateway/start-gateway.ts';
import { now, processorMs, residentMb } from './measure.ts';
import type { Report } from './report.ts';
import type { Scale } from './scale.ts';
import { onStage } from './stage.ts';
import { startBoards } from './start-boards.ts';

const EXTENSIONS = 5000;
const PER_SECOND = 100;
const SAMPLE_MS = 1000;
/** The first share of the time is not counted: a process takes what it needs. */
const WARM_UP = 0.4;
const MS_AN_HOUR = 3_600_000;

interface Sample {
  /** Milliseconds. */
  readonly at: number;
  readonly mb: number;
}

/** What a gateway with many extensions and boards holds in memory under load, and whether it grows. */
export async function measureMemory({ isSmoke, minutes }: Scale): Promise<Report> {
  const ms = isSmoke ? 1500 : minutes * 60_000;
  const size = isSmoke ? 3 : 200;
  return onStage(async (keep) => {
    const pbx = await keep(startDemoLoad({ extensions: EXTENSIONS, rate: PER_SECOND }));
    const gateway = await keep(startGateway({ amiPort: pbx.amiPort }));
    const { pid } = gateway.child();
    const boards = await keep(startBoards(gateway, size));
    const start = now();
    const before = await processorMs(pid);
    const samples: Sample[] = [];
    while (now() < start + ms) {
      samples.push({ at: now(), mb: (await residentMb(pid)).mb });
      // Throws where a board was lost; and what they were sent is not to pile up.
      await boards.collect();
      await delay(SAMPLE_MS);
    }
    const share = ((await processorMs(pid)) - before) / (now() - start);
    // Its start counts too, and what it held for a moment between two samples.
    const { most } = await residentMb(pid);
    const { slope, error } = slopeOf(samples.slice(Math.floor(samples.length * WARM_UP)));
    return {
      tables: [
        {
          title: `${EXTENSIONS} extensions, ${size} boards, ${PER_SECOND} changes a second for ${(ms / 60_000).toFixed(1)} minutes`,
          columns: ['most MB', 'MB/hour', '± (standard error)', 'CPU %'],
          rows: [[most, slope * MS_AN_HOUR, error * MS_AN_HOUR, share * 100]],
        },
      ],
      yardsticks: [{ what: 'memory of the gateway', measured: most, atMost: 200, unit: ' MB' }],
    };
  });
}

/** By least squares, with its standard error; MB a millisecond. */
function slopeOf(samples: readonly Sample[]): { slope: number; error: number } {
  const count = samples.length;
  const mean = (take: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + take(sample), 0) / count;
  const at = mean((sample) => sample.at);
  const mb = mean((sample) => sample.mb);
  const sum = (take: (x: number, y: number) => number) =>
    samples.reduce((total, sample) => total + take(sample.at - at, sample.mb - mb), 0);
  const spread = sum((x) => x * x);
  const slope = sum((x, y) => x * y) / spread;
  const rest = sum((x, y) => (y - slope * x) ** 2);
  return { slope, error: Math.sqrt(rest / (count - 2) / spread) };
}
