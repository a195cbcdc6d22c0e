import { setTimeout as delay } from 'node:timers/promises';
import { startAsterisk } from '../../testkit/asterisk/start-asterisk.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { type Change, reportTimes, type LampDriver, openLampDriver } from '../harness/state-log.ts';
import { delaysAfter, median, percentile } from '../harness/measure.ts';
import { measurePaint } from './paint-latency.ts';
import { startBenchProcess, type BenchWorker, startWorker } from '../harness/worker.ts';
import { type Report, type Scale, target } from '../harness/report.ts';
import { type Track, withResources } from '../../testkit/processes/resources.ts';
import {
  type BenchClients,
  openClients,
  reportTimesByClient,
  startClients,
} from '../harness/start-clients.ts';

const EXTEN = '600';
const PAUSE_MS = 30;
const SETTLE_MS = 500;

/**
 * Repeated changes of one lamp of a real Asterisk: the latency at another AMI session, at a subscribed phone
 * (`presence`, the fastest package), at clients, and at clients of a minimal relay.
 */
export async function measureLatency({ isSmoke }: Scale): Promise<Report> {
  const count = isSmoke ? 10 : 500;
  return withResources(async (track) => {
    const asterisk = await track(startAsterisk({ release: '22' }));
    const { amiPort, sipPort, users } = asterisk;
    const lamps = await track(openLampDriver(asterisk));
    const amiListener = await track(
      startWorker('sessions', { port: amiPort, user: users.lampboard, count: 1 }),
    );
    const phone = await track(startWorker('phone', { sipPort, extension: EXTEN, as: '1101' }));

    const runs = [];
    for (const size of isSmoke ? [1, 3] : [1, 50]) {
      const runWith = (open: (trackRun: Track) => Promise<BenchClients>) =>
        withResources(async (trackRun) =>
          changeOneLamp(count, lamps, amiListener, phone, await open(trackRun)),
        );
      const lampboard = await runWith(async (trackRun) =>
        trackRun(startClients(await trackRun(startGateway({ amiPort })), size)),
      );
      const baseline = await runWith(async (trackRun) => {
        const { username, secret } = users.lampboard;
        const relay = await trackRun(startBenchProcess('baseline-relay', String(amiPort), username, secret));
        return trackRun(openClients(relay, Array<string>(size).fill('')));
      });
      runs.push({ size, lampboard, baseline });
    }
    const gateway = await track(startGateway({ amiPort }));
    const paints = await measurePaint(gateway.url, lamps, EXTEN, count, PAUSE_MS);
    return {
      tables: [
        ...runs.map(({ size, lampboard }) => ({
          title: `${count} changes of one lamp, boards: ${size} (milliseconds after the change was sent)`,
          columns: ['', 'median', 'p99'],
          rows: Object.entries(lampboard.reached).map(([observer, after]) => [
            observer,
            ...medianAndP99(after),
          ]),
        })),
        {
          title: "Frame at the median board to the telephone's NOTIFY, median ratio",
          columns: ['boards', 'Lampboard', 'a bare relay'],
          rows: runs.map(({ size, lampboard, baseline }) => [
            size,
            median(lampboard.ratios),
            median(baseline.ratios),
          ]),
        },
        {
          title: `${paints.length} changes of one lamp in Chromium, from the frame's arrival to the paint that shows it`,
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
            `frame at the median board to the telephone's NOTIFY, boards: ${size}, median ratio`,
            median(ratios),
            1,
          ),
        ),
        target(
          'painted after the frame arrived, p99',
          medianAndP99(paints.map(({ frames }) => frames))[1],
          2,
          ' display frames',
        ),
      ],
    };
  });
}

const medianAndP99 = (values: readonly number[]) => [median(values), percentile(values, 0.99)] as const;

async function changeOneLamp(
  count: number,
  lamps: LampDriver,
  amiListener: BenchWorker<'sessions'>,
  phone: BenchWorker<'phone'>,
  clients: BenchClients,
) {
  await Promise.all([amiListener.collect(), phone.collect(), clients.collect()]);
  const changes: Change[] = [];
  while (changes.length < count) {
    changes.push(lamps.change(EXTEN));
    await delay(PAUSE_MS + Math.random() * PAUSE_MS);
  }
  await delay(SETTLE_MS);
  const [[eventReports = []], notifyReports, clientLog] = await Promise.all([
    amiListener.collect(),
    phone.collect(),
    clients.collect(),
  ]);
  const after = (moments: readonly number[]) => delaysAfter(changes, moments);
  const timesByClient = reportTimesByClient(clientLog, changes);
  const overChanges = (select: (moments: number[]) => number) =>
    after(changes.map((_, index) => select(timesByClient.map((moments) => moments[index] ?? Number.NaN))));
  const notify = after(reportTimes('the telephone', changes, notifyReports));
  const frame = overChanges(median);
  return {
    reached: {
      'raw AMI event': after(reportTimes('the AMI session', changes, eventReports)),
      'NOTIFY at the telephone': notify,
      'frame at the median board': frame,
      'frame at the last board': overChanges((moments) => Math.max(...moments)),
    },
    ratios: frame.map((ms, index) => ms / (notify[index] ?? Number.NaN)),
  };
}
