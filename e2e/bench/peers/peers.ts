import { setTimeout as delay } from 'node:timers/promises';
import { type RealAsterisk, startAsterisk } from '../../asterisk/start-asterisk.ts';
import { startGateway } from '../../gateway/start-gateway.ts';
import { manyHints } from '../../pbx/hints.ts';
import { type Change, type Told, knownBy } from '../lamp-states.ts';
import { type Lamps, openLamps } from '../lamps.ts';
import { bytesPassed, median, now, percentile, processorMs } from '../measure.ts';
import { startProgram } from '../program.ts';
import type { Report } from '../report.ts';
import type { Scale } from '../scale.ts';
import { type Keep, onStage } from '../stage.ts';
import { type Boards, openBoards, shownAt, startBoards } from '../start-boards.ts';
import { startThread } from '../thread.ts';

const PER_SECOND = 100;
/** Milliseconds after its start, by which a gateway has asked Asterisk for all names. */
const NAMED_MS = 2000;

/** Some boards of one design: who of its own does the work, and when each board knew of each change. */
interface Design {
  readonly pid: number | null;
  /** Infinite of what a board has not been told in the end. */
  collect(): Promise<(changes: readonly Change[]) => number[][]>;
}

type Open = (keep: Keep, asterisk: RealAsterisk, count: number) => Promise<Design>;

const DESIGNS: Readonly<Record<string, Open>> = {
  Lampboard: async (keep, { amiPort }, count) => {
    const gateway = await keep(startGateway({ amiPort }));
    return ofBoards(gateway.child().pid, await keep(startBoards(gateway, count)));
  },
  'one emit for each event': async (keep, { amiPort, users: { lampboard } }, count) => {
    const gateway = await keep(
      startProgram('one-emit', String(amiPort), lampboard.username, lampboard.secret),
    );
    return ofBoards(gateway.pid, await keep(openBoards(gateway, Array<string>(count).fill(''))));
  },
  'an AMI session for each board': async (keep, { amiPort, users }, count) =>
    ofSessions(await keep(startThread('sessions', { port: amiPort, user: users.lampboard, count }))),
  'each board asks over HTTP once a second': async (keep, { httpPort, users }, count) =>
    ofSessions(await keep(startThread('polling', { port: httpPort, user: users.lampboard, count }))),
};

function ofBoards(pid: number, boards: Boards): Design {
  return {
    pid,
    async collect() {
      const shown = await boards.collect();
      return (changes) => shownAt(shown, changes);
    },
  };
}

function ofSessions(thread: { collect(): Promise<Told[][]> }): Design {
  return {
    pid: null,
    async collect() {
      const told = await thread.collect();
      return (changes) =>
        told.map((its) => knownBy(changes, its).map((one) => one?.at ?? Number.POSITIVE_INFINITY));
    },
  };
}

/** The usual ways of having many boards on one Asterisk, beside this one: what each costs Asterisk, and how late it is. */
export async function measurePeers({ isSmoke }: Scale): Promise<Report> {
  const hints = manyHints(isSmoke ? 20 : 1000);
  const extens = hints.map(({ exten }) => exten);
  return onStage(async (keep) => {
    const asterisk = await keep(startAsterisk({ release: '22', hints }));
    const lamps = await keep(openLamps(asterisk));
    // Even those that ask once a second have been told so long after the last change; many at once take longer.
    const times = isSmoke ? { ms: 300, settledMs: 1300 } : { ms: 4000, settledMs: 2000 };
    const rows = [];
    for (const count of isSmoke ? [2] : [10, 50, 200]) {
      for (const [name, open] of Object.entries(DESIGNS)) {
        rows.push([
          count,
          name,
          ...(await onStage(async (keepDesign) => {
            const design = await open(keepDesign, asterisk, count);
            await delay(isSmoke ? 0 : NAMED_MS);
            return measureDesign({ design, asterisk, lamps, extens, ...times });
          })),
        ]);
      }
    }
    return {
      tables: [
        {
          title: `${hints.length} extensions, ${PER_SECOND} changes a second: from the change to a board, and what it costs`,
          columns: [
            'boards',
            'design',
            'median ms',
            'p99 ms',
            'Asterisk CPU %',
            'MB/s written by Asterisk',
            'gateway CPU %',
          ],
          rows,
        },
      ],
      yardsticks: [],
    };
  });
}

async function measureDesign({
  design,
  asterisk,
  lamps,
  extens,
  ms,
  settledMs,
}: {
  design: Design;
  asterisk: RealAsterisk;
  lamps: Lamps;
  extens: readonly string[];
  ms: number;
  settledMs: number;
}): Promise<(string | number)[]> {
  await design.collect();
  const used = async () => ({
    at: now(),
    asterisk: await processorMs(asterisk.pid()),
    own: design.pid === null ? null : await processorMs(design.pid),
    bytes: (await bytesPassed(asterisk.pid())).written,
  });
  const before = await used();
  const changes = await lamps.play({ extens, perSecond: PER_SECOND, ms });
  const after = await used();
  await delay(settledMs);
  const known = (await design.collect())(changes);
  const late = known.flatMap((moments) => moments.map((at, index) => at - (changes[index]?.at ?? at)));
  const took = after.at - before.at;
  const share = (from: number | null, to: number | null) =>
    from === null || to === null ? '–' : ((to - from) / took) * 100;
  return [
    median(late),
    percentile(late, 0.99),
    share(before.asterisk, after.asterisk),
    (after.bytes - before.bytes) / took / 1000,
    share(before.own, after.own),
  ];
}
