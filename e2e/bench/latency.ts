import { setTimeout as delay } from 'node:timers/promises';
import { startAsterisk } from '../asterisk/start-asterisk.ts';
import { startGateway } from '../gateway/start-gateway.ts';
import { type Change, knownAt } from './lamp-states.ts';
import { type Lamps, openLamps } from './lamps.ts';
import { median, percentile } from './measure.ts';
import { measurePaint } from './paint.ts';
import { startProgram } from './program.ts';
import type { Report } from './report.ts';
import type { Scale } from './scale.ts';
import { type Keep, onStage } from './stage.ts';
import { type Boards, openBoards, shownAt, startBoards } from './start-boards.ts';
import { type Thread, startThread } from './thread.ts';

const EXTEN = '600';
const PAUSE_MS = 30;
/** Milliseconds after the last change, by which everybody has been told. */
const SETTLED_MS = 500;

/**
 * One lamp of a real Asterisk, changed again and again: when another AMI session, a telephone that is subscribed to it
 * (`presence`, the package in which Asterisk is quickest), and the boards know of it; and boards on the least that can
 * stand between.
 */
export async function measureLatency({ isSmoke }: Scale): Promise<Report> {
  const count = isSmoke ? 10 : 500;
  return onStage(async (keep) => {
    const asterisk = await keep(startAsterisk({ release: '22' }));
    const { amiPort, sipPort, users } = asterisk;
    const lamps = await keep(openLamps(asterisk));
    const ear = await keep(startThread('sessions', { port: amiPort, user: users.lampboard, count: 1 }));
    const phone = await keep(startThread('phone', { sipPort, extension: EXTEN, as: '1101' }));

    const runs = [];
    for (const size of isSmoke ? [1, 3] : [1, 50]) {
      const runWith = (open: (keepRun: Keep) => Promise<Boards>) =>
        onStage(async (keepRun) => changeOneLamp({ count, lamps, ear, phone, boards: await open(keepRun) }));
      const own = await runWith(async (keepRun) =>
        keepRun(startBoards(await keepRun(startGateway({ amiPort })), size)),
      );
      const bare = await runWith(async (keepRun) => {
        const { username, secret } = users.lampboard;
        const relay = await keepRun(startProgram('bare-relay', String(amiPort), username, secret));
        return keepRun(openBoards(relay, Array<string>(size).fill('')));
      });
      runs.push({ size, own, bare });
    }
    const gateway = await keep(startGateway({ amiPort }));
    const painted = await measurePaint({
      url: gateway.url,
      lamps,
      exten: EXTEN,
      changes: count,
      pauseMs: PAUSE_MS,
    });
    return {
      tables: [
        ...runs.map(({ size, own }) => ({
          title: `${count} changes of one lamp, boards: ${size} (milliseconds after the change was sent)`,
          columns: ['', 'median', 'p99'],
          rows: Object.entries(own.reached).map(([who, after]) => [
            who,
            median(after),
            percentile(after, 0.99),
          ]),
        })),
        {
          title: "Frame at the median board to the telephone's NOTIFY, median ratio",
          columns: ['boards', 'Lampboard', 'a bare relay'],
          rows: runs.map(({ size, own, bare }) => [size, median(own.ratios), median(bare.ratios)]),
        },
        {
          title: `${painted.length} changes of one lamp in Chromium, from the frame's arrival to the paint that shows it`,
          columns: ['', 'median', 'p99'],
          rows: (['ms', 'frames'] as const).map((unit) => {
            const values = painted.map((paint) => paint[unit]);
            return [
              unit === 'ms' ? 'milliseconds' : 'display frames',
              median(values),
              percentile(values, 0.99),
            ];
          }),
        },
      ],
      yardsticks: [
        ...runs.map(({ size, own: { ratios } }) => ({
          what: `frame at the median board to the telephone's NOTIFY, boards: ${size}, median ratio`,
          measured: median(ratios),
          atMost: 1,
          unit: '',
        })),
        {
          what: 'painted after the frame arrived, p99',
          measured: percentile(
            painted.map(({ frames }) => frames),
            0.99,
          ),
          atMost: 2,
          unit: ' display frames',
        },
      ],
    };
  });
}

async function changeOneLamp({
  count,
  lamps,
  ear,
  phone,
  boards,
}: {
  count: number;
  lamps: Lamps;
  ear: Thread<'sessions'>;
  phone: Thread<'phone'>;
  boards: Boards;
}) {
  await Promise.all([ear.collect(), phone.collect(), boards.collect()]);
  const changes: Change[] = [];
  while (changes.length < count) {
    changes.push(lamps.change(EXTEN));
    await delay(PAUSE_MS + Math.random() * PAUSE_MS);
  }
  await delay(SETTLED_MS);
  const [[heard = []], notified, shown] = await Promise.all([
    ear.collect(),
    phone.collect(),
    boards.collect(),
  ]);
  const after = (moments: readonly number[]) => moments.map((at, index) => at - (changes[index]?.at ?? at));
  const ofBoards = shownAt(shown, changes);
  const ofEach = (take: (moments: number[]) => number) =>
    after(changes.map((_, index) => take(ofBoards.map((moments) => moments[index] ?? Number.NaN))));
  const notify = after(knownAt('the telephone', changes, notified));
  const frame = ofEach(median);
  return {
    reached: {
      'raw AMI event': after(knownAt('the AMI session', changes, heard)),
      'NOTIFY at the telephone': notify,
      'frame at the median board': frame,
      'frame at the last board': ofEach((moments) => Math.max(...moments)),
    },
    ratios: frame.map((ms, index) => ms / (notify[index] ?? Number.NaN)),
  };
}
