import { setTimeout as delay } from 'node:timers/promises';
import { NOISE_EVENT_BYTES } from '@lampboard/demo-pbx';
import { startDemoLoad } from '../../testkit/pbx/demo-load.ts';
import { bytesRead, cpuMs } from '../../testkit/processes/proc-stats.ts';
import { delaysAfter, median, now } from '../harness/measure.ts';
import { type Report, type Scale, target } from '../harness/report.ts';
import { withResources } from '../../testkit/processes/resources.ts';
import { reportTimesByClient, startGatewayWithClients } from '../harness/start-clients.ts';
import { startAmiListener } from '../harness/worker.ts';

const EXTENSIONS = 5000;
const PER_SECOND = 100;
/** Ignored at both ends of the run. */
const EDGE_MS = 500;

/** Events a second that the gateway ignores. */
const NOISE_PER_SECOND = 40_000;
const SMOKE_NOISE_PER_SECOND = 4000;

/** Cost of unrelated events where the PBX may not be asked to filter them. */
export async function measureNoise({ isSmoke }: Scale): Promise<Report> {
  const ms = isSmoke ? 2500 : 8000;
  const perSecond = isSmoke ? SMOKE_NOISE_PER_SECOND : NOISE_PER_SECOND;
  const quiet = await measureRun({ noise: 0, ms });
  const noisy = await measureRun({ noise: perSecond, ms });
  const receivedPerSecond = (noisy.read - quiet.read) / NOISE_EVENT_BYTES;
  return {
    tables: [
      {
        title: `${EXTENSIONS} extensions of the demo PBX, ${PER_SECOND} changes a second, beside so much else`,
        columns: ['other events a second', 'that came', 'gateway CPU %', 'median ms from AMI to client'],
        rows: [
          [0, 0, quiet.cpuPercent, quiet.lagMs],
          [perSecond, Math.round(receivedPerSecond), noisy.cpuPercent, noisy.lagMs],
        ],
      },
    ],
    targets: [
      target('noise asked for to noise that came', perSecond / receivedPerSecond, 1.05),
      target('noise, of one processor', noisy.cpuPercent - quiet.cpuPercent, 15, ' %'),
      target('noise, for a lamp', noisy.lagMs - quiet.lagMs, 1, ' ms'),
    ],
  };
}

async function measureRun({ noise, ms }: { noise: number; ms: number }) {
  return withResources(async (track) => {
    const { amiPort } = await track(startDemoLoad({ extensions: EXTENSIONS, rate: PER_SECOND, noise }));
    const { pid, clients } = await startGatewayWithClients(track, amiPort, 1);
    const amiListener = await track(startAmiListener(amiPort));
    await delay(ms);
    const usage = async () => ({ timestamp: now(), cpuMs: await cpuMs(pid), read: await bytesRead(pid) });
    const from = await usage();
    await delay(ms);
    const to = await usage();
    const eventReports = await amiListener.collect();
    const extens = eventReports.map(({ exten }) => exten);
    // On a busy machine clients receive a change long before the AMI session; changes of the same lamp would be confused.
    const changes = eventReports.filter(
      ({ exten, timestamp }) =>
        extens.indexOf(exten) === extens.lastIndexOf(exten) &&
        timestamp > from.timestamp + EDGE_MS &&
        timestamp < to.timestamp - EDGE_MS,
    );
    const made = changes.map((change) => ({ ...change, timestamp: change.timestamp - ms }));
    const [moments = []] = reportTimesByClient(await clients.collectAll(made), made);
    return {
      lagMs: median(delaysAfter(changes, moments)),
      cpuPercent: ((to.cpuMs - from.cpuMs) / (to.timestamp - from.timestamp)) * 100,
      read: ((to.read - from.read) / (to.timestamp - from.timestamp)) * 1000,
    };
  });
}
