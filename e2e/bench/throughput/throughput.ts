import { setTimeout as delay } from 'node:timers/promises';
import { startAsterisk } from '../../asterisk/start-asterisk.ts';
import { startGateway } from '../../gateway/start-gateway.ts';
import { manyHints } from '../../pbx/hints.ts';
import { openLamps } from '../lamps.ts';
import type { Report } from '../report.ts';
import type { Scale } from '../scale.ts';
import { onStage } from '../stage.ts';
import { startBoards } from '../start-boards.ts';
import { startThread } from '../thread.ts';
import { measureFlood } from './flood.ts';
import { measureSteady } from './steady.ts';

/** Milliseconds after its start, by which a gateway has asked Asterisk for all names. */
const NAMED_MS = 5000;
/** Changes a second, and the milliseconds over raw AMI that they may take. */
const RATES = [
  { perSecond: 100, medianMs: 1, p99Ms: 10 },
  { perSecond: 1000, medianMs: null, p99Ms: 25 },
] as const;

/** Many lamps of a real Asterisk, changing: steadily, and as fast as Asterisk can tell. */
export async function measureThroughput({ isSmoke }: Scale): Promise<Report> {
  const size = isSmoke ? 3 : 200;
  const hints = manyHints(isSmoke ? 20 : 2000);
  return onStage(async (keep) => {
    const extens = hints.map(({ exten }) => exten);
    const asterisk = await keep(startAsterisk({ release: '22', hints }));
    const { amiPort, users } = asterisk;
    const gateway = await keep(startGateway({ amiPort }));
    const lamps = await keep(openLamps(asterisk));
    const ear = await keep(startThread('sessions', { port: amiPort, user: users.lampboard, count: 1 }));
    const boards = await keep(startBoards(gateway, size));

    await delay(isSmoke ? 0 : NAMED_MS);

    const steady = [];
    for (const rate of RATES) {
      const options = { gateway: gateway.child().pid, lamps, ear, boards, extens };
      const run = await measureSteady({ ...options, ...rate, ms: isSmoke ? 300 : 8000 });
      steady.push({ ...rate, ...run });
    }
    const changes = isSmoke ? 300 : 50_000;
    const flood = await measureFlood({ asterisk, lamps, ear, boards, extens, changes });

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
            run.frameUs,
            run.bareMedian,
            run.bareP99,
            run.bareUs,
          ]),
        },
        {
          title: `${size} boards, ${changes} changes as fast as Asterisk takes them`,
          columns: ['events a second', 'frames', 'last board right, ms after the last event'],
          rows: [[Math.round(flood.perSecond), flood.frames, flood.lagMs]],
        },
      ],
      yardsticks: [
        ...steady.flatMap(({ perSecond, medianMs, p99Ms, median, p99 }) => [
          ...(medianMs === null
            ? []
            : [
                {
                  what: `${perSecond} changes a second, median over raw AMI`,
                  measured: median,
                  atMost: medianMs,
                  unit: ' ms',
                },
              ]),
          {
            what: `${perSecond} changes a second, p99 over raw AMI`,
            measured: p99,
            atMost: p99Ms,
            unit: ' ms',
          },
        ]),
        ...steady.slice(-1).map(({ perSecond, frameUs, bareUs }) => ({
          what: `${perSecond} changes a second, processor time of a frame at a board to a bare ws broadcast's`,
          measured: frameUs / bareUs,
          atMost: 1.3,
          unit: '',
        })),
        {
          what: 'as fast as Asterisk: all boards right after the last event',
          measured: flood.lagMs,
          atMost: 250,
          unit: ' ms',
        },
      ],
    };
  });
}
