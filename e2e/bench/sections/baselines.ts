import { setTimeout as delay } from 'node:timers/promises';
import { type RealAsterisk, startAsterisk } from '../../testkit/asterisk/start-asterisk.ts';
import { manyHints } from '../../testkit/pbx/pbx-under-test.ts';
import { type Change, firstReports, openLampDriver } from '../harness/state-log.ts';
import { bytesWritten, cpuMs } from '../../testkit/processes/proc-stats.ts';
import { delaysAfter, medianAndP99, now } from '../harness/measure.ts';
import { type BenchWorker, startWorker } from '../harness/worker.ts';
import type { Report, Scale } from '../harness/report.ts';
import { type Track, withResources } from '../../testkit/processes/resources.ts';
import {
  type BenchClients,
  reportTimesByClient,
  startBaseline,
  startGatewayWithClients,
} from '../harness/start-clients.ts';

const PER_SECOND = 100;
/** Milliseconds after its start by which a gateway has loaded all names. */
const NAMED_MS = 2000;

interface Design {
  readonly pid: number | null;
  /** Infinity for changes that a client never received. */
  collect(): Promise<(changes: readonly Change[]) => number[][]>;
}

type Open = (track: Track, asterisk: RealAsterisk, count: number) => Promise<Design>;

const DESIGNS: Readonly<Record<string, Open>> = {
  Lampboard: async (track, { amiPort }, count) =>
    clientsDesign(await startGatewayWithClients(track, amiPort, count)),
  'one emit for each event': async (track, { amiPort }, count) =>
    clientsDesign(await startBaseline(track, 'baseline-naive', amiPort, count)),
  'an AMI session for each client': async (track, { amiPort }, count) =>
    sessionsDesign(await track(startWorker('sessions', { port: amiPort, count }))),
  'each client asks over HTTP once a second': async (track, { httpPort }, count) =>
    sessionsDesign(await track(startWorker('polling', { port: httpPort, count }))),
};

function clientsDesign({ pid, clients }: { pid: number; clients: BenchClients }): Design {
  return {
    pid,
    async collect() {
      const log = await clients.collect();
      return (changes) => reportTimesByClient(log, changes);
    },
  };
}

function sessionsDesign(worker: BenchWorker<'sessions' | 'polling'>): Design {
  return {
    pid: null,
    async collect() {
      const reports = await worker.collect();
      return (changes) =>
        reports.map((its) => firstReports(changes, its).map((one) => one?.timestamp ?? Infinity));
    },
  };
}

/** Common designs for many clients on one Asterisk: the load on Asterisk, and the latency. */
export async function measureBaselines({ isSmoke }: Scale): Promise<Report> {
  const hints = manyHints(isSmoke ? 20 : 1000);
  const extens = hints.map(({ exten }) => exten);
  return withResources(async (track) => {
    const asterisk = await track(startAsterisk({ release: '22', hints }));
    const lamps = await track(openLampDriver(asterisk));
    // The time that polling clients and large numbers of clients need to receive the last change.
    const { ms, settledMs } = isSmoke ? { ms: 300, settledMs: 1300 } : { ms: 4000, settledMs: 2000 };
    const rows = [];
    for (const count of isSmoke ? [2] : [10, 50, 200]) {
      for (const [name, open] of Object.entries(DESIGNS)) {
        rows.push([
          count,
          name,
          ...(await withResources(async (trackDesign) => {
            const design = await open(trackDesign, asterisk, count);
            await delay(isSmoke ? 0 : NAMED_MS);
            const change = () => lamps.changeRandomly(extens, PER_SECOND, ms);
            return measureDesign(design, asterisk, change, settledMs);
          })),
        ]);
      }
    }
    return {
      tables: [
        {
          title: `${hints.length} extensions, ${PER_SECOND} changes a second: from the change to a client, and what it costs`,
          columns:
            'clients|design|median ms|p99 ms|Asterisk CPU %|MB/s written by Asterisk|gateway CPU %'.split(
              '|',
            ),
          rows,
        },
      ],
      targets: [],
    };
  });
}

async function measureDesign(
  { pid, collect }: Design,
  asterisk: RealAsterisk,
  change: () => Promise<Change[]>,
  settledMs: number,
): Promise<(string | number)[]> {
  await collect();
  const usage = async () => ({
    timestamp: now(),
    asterisk: await cpuMs(asterisk.pid()),
    gatewayCpuMs: pid === null ? null : await cpuMs(pid),
    bytes: await bytesWritten(asterisk.pid()),
  });
  const before = await usage();
  const changes = await change();
  const after = await usage();
  await delay(settledMs);
  const knownTimes = (await collect())(changes);
  const lagMs = knownTimes.flatMap((times) => delaysAfter(changes, times));
  const elapsedMs = after.timestamp - before.timestamp;
  const cpuPercent = (from: number | null, to: number | null) =>
    from === null || to === null ? '–' : ((to - from) / elapsedMs) * 100;
  return [
    ...medianAndP99(lagMs),
    cpuPercent(before.asterisk, after.asterisk),
    (after.bytes - before.bytes) / elapsedMs / 1000,
    cpuPercent(before.gatewayCpuMs, after.gatewayCpuMs),
  ];
}
