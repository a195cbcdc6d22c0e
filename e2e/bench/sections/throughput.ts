import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { type RealAsterisk, startAsterisk } from '../../testkit/asterisk/start-asterisk.ts';
import { manyHints } from '../../testkit/pbx/pbx-under-test.ts';
import { cpuMs } from '../../testkit/processes/proc-stats.ts';
import { withResources } from '../../testkit/processes/resources.ts';
import {
  type Change,
  type LampDriver,
  collectAllReports,
  indexOfStatus,
  openLampDriver,
} from '../harness/state-log.ts';
import { delaysAfter, medianAndP99, now } from '../harness/measure.ts';
import { type Report, type Scale, target } from '../harness/report.ts';
import {
  type BenchClients,
  lampReportsInDeltas,
  reportTimesByClient,
  startBaseline,
  startGatewayWithClients,
} from '../harness/start-clients.ts';
import { type AmiListener, type ClientLog, startAmiListener } from '../harness/worker.ts';

/** Milliseconds after its start by which a gateway has loaded all names. */
const NAMES_LOADED_MS = 5000;
/** Milliseconds after the last change by which every client has it. */
const FLOOD_SETTLE_MS = 2000;
/** Changes a second, and the permitted milliseconds over raw AMI. */
const RATES = [
  { perSecond: 100, medianMs: 1, p99Ms: 10 },
  { perSecond: 1000, medianMs: null, p99Ms: 25 },
] as const;

interface Rig {
  readonly asterisk: RealAsterisk;
  readonly pid: number;
  readonly lamps: LampDriver;
  readonly amiListener: AmiListener;
  readonly clients: BenchClients;
  readonly extens: readonly string[];
}

/** Many changing lamps of a real Asterisk: steadily, and as fast as Asterisk can report. */
export async function measureThroughput({ isSmoke }: Scale): Promise<Report> {
  const size = isSmoke ? 3 : 200;
  const hints = manyHints(isSmoke ? 20 : 2000);
  return withResources(async (track) => {
    const asterisk = await track(startAsterisk({ release: '22', hints }));
    const { amiPort } = asterisk;
    const rig: Rig = {
      asterisk,
      lamps: await track(openLampDriver(asterisk)),
      amiListener: await track(startAmiListener(amiPort)),
      ...(await startGatewayWithClients(track, amiPort, size)),
      extens: hints.map(({ exten }) => exten),
    };
    await delay(isSmoke ? 0 : NAMES_LOADED_MS);

    const steady = [];
    for (const rate of RATES)
      steady.push({ ...rate, ...(await measureSteady(rig, rate.perSecond, isSmoke ? 300 : 8000)) });
    const changes = isSmoke ? 300 : 50_000;
    const flood = await measureFlood(rig, changes);

    const columns = ['median ms', 'p99 ms', 'µs a delta'];
    return {
      tables: [
        {
          title: `${size} clients, lamps changing steadily: delta at a client after the raw AMI event`,
          columns: ['changes/s', 'deltas', ...columns, ...columns.map((column) => `bare ws: ${column}`)],
          rows: steady.map(({ perSecond, deltas, gateway, baseline }) => [
            perSecond,
            deltas,
            ...[gateway, baseline].flatMap((run) => [run.median, run.p99, run.deltaUs]),
          ]),
        },
        {
          title: `${size} clients, ${changes} changes as fast as Asterisk takes them`,
          columns: ['events a second', 'deltas', 'last client right, ms after the last event'],
          rows: [[Math.round(flood.perSecond), flood.deltas, flood.lagMs]],
        },
      ],
      targets: [
        ...steady.flatMap(({ perSecond, medianMs, p99Ms, gateway }) => [
          ...(medianMs === null
            ? []
            : [
                target(`${perSecond} changes a second, median over raw AMI`, gateway.median, medianMs, ' ms'),
              ]),
          target(`${perSecond} changes a second, p99 over raw AMI`, gateway.p99, p99Ms, ' ms'),
        ]),
        ...steady.slice(-1).map(({ perSecond, gateway, baseline }) => {
          const name = `${perSecond} changes a second, processor time of a delta at a client to a bare ws broadcast's`;
          return target(name, gateway.deltaUs / baseline.deltaUs, 1.3);
        }),
        target('as fast as Asterisk: all clients right after the last event', flood.lagMs, 250, ' ms'),
      ],
    };
  });
}

/** Changes lamps at random moments; measures the gateway, and a minimal broadcast of the same deltas. */
async function measureSteady(rig: Rig, perSecond: number, ms: number) {
  const { pid, lamps, amiListener, clients, extens } = rig;
  await Promise.all([amiListener.collect(), clients.collect()]);
  const before = await cpuMs(pid);
  const changes = await lamps.changeRandomly(extens, perSecond, ms);
  const [raw, clientLog] = await Promise.all([
    collectAllReports('the AMI session', changes, amiListener.collect),
    clients.collectAll(changes),
  ]);
  const usedCpuMs = (await cpuMs(pid)) - before;
  const lagMs = reportTimesByClient(clientLog, changes).flatMap((times) => delaysAfter(raw, times));
  const deltas = clientLog.deltas.length;
  function summary(run: { readonly lagMs: readonly number[]; readonly cpuMs: number }) {
    const [median, p99] = medianAndP99(run.lagMs);
    /** CPU time for each delta at each client, in microseconds. */
    const deltaUs = (run.cpuMs * 1000) / (deltas * clientLog.clients.length);
    return { median, p99, deltaUs };
  }
  const baseline = summary(await broadcastBaseline(clientLog, changes));
  return { deltas, gateway: summary({ lagMs, cpuMs: usedCpuMs }), baseline };
}

/** Sends the same deltas at the same moments through a minimal `ws` broadcast to as many clients. */
async function broadcastBaseline({ clients, deltas }: ClientLog, changes: readonly Change[]) {
  return withResources(async (track) => {
    const seq = Number(/"seq":(\d+)/.exec(deltas[0] ?? '')?.[1]);
    const baseline = await startBaseline(track, 'baseline-ws', seq - 1, clients.length);
    const feed = new WebSocket(new URL('feed', baseline.url));
    await once(feed, 'open');

    const before = await cpuMs(baseline.pid);
    const start = now();
    const times = clients[0] ?? new Float64Array();
    const fed: { readonly timestamp: number }[] = [];
    for (const [index, delta] of deltas.entries()) {
      const due = start + (times[index] ?? 0) - (times[0] ?? 0);
      if (due > now()) await delay(due - now());
      fed.push({ timestamp: now() });
      feed.send(`42["delta",${delta}]`);
    }
    const sent = await baseline.clients.collectAll(changes);
    const usedCpuMs = (await cpuMs(baseline.pid)) - before;
    feed.close();
    if (sent.clients.some((arrivalTimes) => arrivalTimes.length !== deltas.length))
      throw new Error('The broadcast lost something');
    const lagMs = sent.clients.flatMap((arrivalTimes) => delaysAfter(fed, [...arrivalTimes]));
    return { cpuMs: usedCpuMs, lagMs };
  });
}

/** Makes as many changes as Asterisk accepts at once; throws if a client differs from Asterisk in the end. */
async function measureFlood({ asterisk, lamps, amiListener, clients, extens }: Rig, changes: number) {
  await Promise.all([amiListener.collect(), clients.collect()]);
  await lamps.changeAll(extens, changes);
  await delay(FLOOD_SETTLE_MS);
  const [eventReports, clientLog] = await Promise.all([amiListener.collect(), clients.collect()]);
  const first = eventReports[0]?.timestamp ?? Number.NaN;
  const last = eventReports.at(-1)?.timestamp ?? Number.NaN;
  const ends = clientLog.clients.map((times) => times.at(-1) ?? Number.NaN);

  const states = await asterisk.listExtensionStates();
  const reports = lampReportsInDeltas(clientLog).map(({ exten, stateIndex }) => [exten, stateIndex] as const);
  const wrong = [...new Map(reports)].filter(
    ([exten, stateIndex]) => stateIndex !== indexOfStatus(states.get(`${exten}@default`)?.status ?? -1),
  );
  if (wrong.length > 0) throw new Error(`${wrong.length} lamps are other than Asterisk's`);
  return {
    perSecond: (eventReports.length * 1000) / (last - first),
    deltas: clientLog.deltas.length,
    /** From the last event to the last delta at the slowest client. */
    lagMs: Math.max(...ends) - last,
  };
}
