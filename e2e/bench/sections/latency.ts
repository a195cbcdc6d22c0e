import { setTimeout as delay } from 'node:timers/promises';
import { startAsterisk } from '../../testkit/asterisk/start-asterisk.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import {
  type Change,
  type LampDriver,
  type LampReport,
  collectAllReports,
  openLampDriver,
} from '../harness/state-log.ts';
import { delaysAfter, median, medianAndP99 } from '../harness/measure.ts';
import { measurePaint } from './paint-latency.ts';
import { type AmiListener, type BenchWorker, startAmiListener, startWorker } from '../harness/worker.ts';
import { type Report, type Scale, target } from '../harness/report.ts';
import { type Track, withResources } from '../../testkit/processes/resources.ts';
import {
  type BenchClients,
  reportTimesByClient,
  startBaseline,
  startGatewayWithClients,
} from '../harness/start-clients.ts';

const EXTEN = '600';
const PAUSE_MS = 30;

/**
 * Repeated changes of one lamp of a real Asterisk: the latency at another AMI session, at a subscribed phone
 * (`presence`, the fastest package), at clients, and at clients of a minimal relay.
 */
export async function measureLatency({ isSmoke }: Scale): Promise<Report> {
  const count = isSmoke ? 10 : 500;
  return withResources(async (track) => {
    const asterisk = await track(startAsterisk({ release: '22' }));
    const { amiPort, sipPort } = asterisk;
    const lamps = await track(openLampDriver(asterisk));
    const amiListener = await track(startAmiListener(amiPort));
    const phone = await track(startWorker('phone', { sipPort, extension: EXTEN, as: '1101' }));

    const runs = [];
    for (const size of isSmoke ? [1, 3] : [1, 50]) {
      const runWith = (open: (trackRun: Track) => Promise<{ clients: BenchClients }>) =>
        withResources(async (trackRun) =>
          changeOneLamp(count, lamps, amiListener, phone, (await open(trackRun)).clients),
        );
      const lampboard = await runWith((trackRun) => startGatewayWithClients(trackRun, amiPort, size));
      const baseline = await runWith((trackRun) => startBaseline(trackRun, 'baseline-relay', amiPort, size));
      runs.push({ size, lampboard, baseline });
    }
    const gateway = await track(startGateway({ amiPort }));
    const paints = await measurePaint(gateway.url, lamps, EXTEN, count, PAUSE_MS);
    return {
      tables: [
        ...runs.map(({ size, lampboard }) => ({
          title: `${count} changes of one lamp, clients: ${size} (milliseconds after the change was sent)`,
          columns: ['', 'median', 'p99'],
          rows: Object.entries(lampboard.reached).map(([observer, ms]) => [observer, ...medianAndP99(ms)]),
        })),
        {
          title: "Delta at the median client to the telephone's NOTIFY, median ratio",
          columns: ['clients', 'Lampboard', 'a bare relay'],
          rows: runs.map(({ size, ...run }) => [
            size,
            median(run.lampboard.ratios),
            median(run.baseline.ratios),
          ]),
        },
        {
          title: `${paints.length} changes of one lamp in Chromium, from the delta's arrival to the paint that shows it`,
          columns: ['', 'median', 'p99'],
          rows: [
            ['milliseconds', ...medianAndP99(paints.map(({ ms }) => ms))],
            ['display frames', ...medianAndP99(paints.map(({ frames }) => frames))],
          ],
        },
      ],
      targets: [
        ...runs.map(({ size, lampboard: { ratios } }) =>
          target(
            `delta at the median client to the telephone's NOTIFY, clients: ${size}, median ratio`,
            median(ratios),
            1,
          ),
        ),
        target(
          'painted after the delta arrived, p99',
          medianAndP99(paints.map(({ frames }) => frames))[1],
          2,
          ' display frames',
        ),
      ],
    };
  });
}

async function changeOneLamp(
  count: number,
  lamps: LampDriver,
  amiListener: AmiListener,
  phone: BenchWorker<'phone'>,
  clients: BenchClients,
) {
  await Promise.all([amiListener.collect(), phone.collect(), clients.collect()]);
  const changes: Change[] = [];
  while (changes.length < count) {
    changes.push(lamps.change(EXTEN));
    await delay(PAUSE_MS + Math.random() * PAUSE_MS);
  }
  const [events, notified, clientLog] = await Promise.all([
    collectAllReports('the AMI session', changes, amiListener.collect),
    collectAllReports('the telephone', changes, phone.collect),
    clients.collectAll(changes),
  ]);
  const after = (reports: readonly LampReport[]) =>
    delaysAfter(
      changes,
      reports.map(({ timestamp }) => timestamp),
    );
  const timesByClient = reportTimesByClient(clientLog, changes);
  const overClients = (select: (times: number[]) => number) =>
    changes.map(
      ({ timestamp }, index) => select(timesByClient.map((times) => times[index] ?? Number.NaN)) - timestamp,
    );
  const notify = after(notified);
  const delta = overClients(median);
  return {
    reached: {
      'raw AMI event': after(events),
      'NOTIFY at the telephone': notify,
      'delta at the median client': delta,
      'delta at the last client': overClients((times) => Math.max(...times)),
    },
    ratios: delta.map((ms, index) => ms / (notify[index] ?? Number.NaN)),
  };
}
