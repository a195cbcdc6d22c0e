import { setTimeout as delay } from 'node:timers/promises';
import { startAsterisk } from '../../testkit/asterisk/start-asterisk.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { manyHints } from '../../testkit/pbx/pbx-under-test.ts';
import { openLampDriver } from '../harness/lamp-driver.ts';
import type { Report, Scale } from '../harness/report.ts';
import { withResources } from '../../testkit/processes/resources.ts';
import { startClients } from '../harness/start-clients.ts';
import { startWorker } from '../harness/worker.ts';
import { measureFlood } from './flood.ts';
import { measureSteady } from './steady.ts';

/** Milliseconds after its start by which a gateway has loaded all names. */
const NAMES_LOADED_MS = 5000;
/** Changes a second, and the permitted milliseconds over raw AMI. */
const RATES = [
  { perSecond: 100, medianMs: 1, p99Ms: 10 },
  { perSecond: 1000, medianMs: null, p99Ms: 25 },
] as const;

/** Many changing lamps of a real Asterisk: steadily, and as fast as Asterisk can report. */
export async function measureThroughput({ isSmoke }: Scale): Promise<Report> {
  const size = isSmoke ? 3 : 200;
  const hints = manyHints(isSmoke ? 20 : 2000);
  return withResources(async (track) => {
    const extens = hints.map(({ exten }) => exten);
    const asterisk = await track(startAsterisk({ release: '22', hints }));
    const { amiPort, users } = asterisk;
    const gateway = await track(startGateway({ amiPort }));
    const lamps = await track(openLampDriver(asterisk));
    const amiListener = await track(
      startWorker('sessions', { port: amiPort, user: users.lampboard, count: 1 }),
    );
    const clients = await track(startClients(gateway, size));

    await delay(isSmoke ? 0 : NAMES_LOADED_MS);

    const steady = [];
    for (const rate of RATES) {
      const options = { gateway: gateway.child().pid, lamps, amiListener, clients, extens };
      const run = await measureSteady({ ...options, ...rate, ms: isSmoke ? 300 : 8000 });
      steady.push({ ...rate, ...run });
    }
    const changes = isSmoke ? 300 : 50_000;
    const flood = await measureFlood({ asterisk, lamps, amiListener, clients, extens, changes });

    return {
      tables: [
        {
          title: `${size} boards, lamps changing steadily: frame at a board after the raw AMI event`,
          columns: ['changes/s', 'frames', 'median ms', 'p99 ms', 'µs a frame'].concat(
            ['median ms', 'p99 ms', 'µs a frame'].map((column) => `bare ws: ${column}`),
          ),
          rows: steady.map((run) => [
            run.perSecond,
            run.frames,
            run.median,
            run.p99,
            run.deltaUs,
            run.baselineMedian,
            run.baselineP99,
            run.baselineUs,
          ]),
        },
        {
          title: `${size} boards, ${changes} changes as fast as Asterisk takes them`,
          columns: ['events a second', 'frames', 'last board right, ms after the last event'],
          rows: [[Math.round(flood.perSecond), flood.frames, flood.lagMs]],
        },
      ],
      targets: [
        ...steady.flatMap(({ perSecond, medianMs, p99Ms, median, p99 }) => [
          ...(medianMs === null
            ? []
            : [
                {
                  name: `${perSecond} changes a second, median over raw AMI`,
                  value: median,
                  max: medianMs,
                  unit: ' ms',
                },
              ]),
          {
            name: `${perSecond} changes a second, p99 over raw AMI`,
            value: p99,
            max: p99Ms,
            unit: ' ms',
          },
        ]),
        ...steady.slice(-1).map(({ perSecond, deltaUs: frameUs, baselineUs: bareUs }) => ({
          name: `${perSecond} changes a second, processor time of a frame at a board to a bare ws broadcast's`,
          value: frameUs / bareUs,
          max: 1.3,
          unit: '',
        })),
        {
          name: 'as fast as Asterisk: all boards right after the last event',
          value: flood.lagMs,
          max: 250,
          unit: ' ms',
        },
      ],
    };
  });
}
