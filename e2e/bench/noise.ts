import { setTimeout as delay } from 'node:timers/promises';
import { NOISE_EVENT_BYTES } from '@lampboard/demo-pbx';
import { startDemoLoad } from '../gateway/start-demo-load.ts';
import { startGateway } from '../gateway/start-gateway.ts';
import { USERS } from '../pbx/users.ts';
import { bytesPassed, median, now, processorMs } from './measure.ts';
import type { Report } from './report.ts';
import type { Scale } from './scale.ts';
import { onStage } from './stage.ts';
import { shownAt, startBoards } from './start-boards.ts';
import { startThread } from './thread.ts';

const EXTENSIONS = 5000;
const PER_SECOND = 100;
/** At both ends of the time; of what happens there not everybody is asked at the same moment. */
const EDGE_MS = 200;

/** Events a second that no board wants. */
const NOISE = 40_000;

interface Run {
  /** From the moment at which another AMI session had the event to the frame at the board, milliseconds. */
  readonly over: number;
  /** Of one processor, what the gateway takes: per cent. */
  readonly share: number;
  /** Bytes that the gateway reads in a second. */
  readonly read: number;
}

/** What a PBX that tells of much else, and may not be asked to leave it out, costs the gateway and its boards. */
export async function measureNoise({ isSmoke }: Scale): Promise<Report> {
  const ms = isSmoke ? 600 : 8000;
  const quiet = await listen({ noise: 0, ms });
  const noisy = await listen({ noise: NOISE, ms });
  const came = (noisy.read - quiet.read) / NOISE_EVENT_BYTES;
  return {
    tables: [
      {
        title: `${EXTENSIONS} extensions of the demo PBX, ${PER_SECOND} changes a second, beside so much else`,
        columns: ['other events a second', 'that came', 'gateway CPU %', 'median ms from AMI to board'],
        rows: [
          [0, 0, quiet.share, quiet.over],
          [NOISE, Math.round(came), noisy.share, noisy.over],
        ],
      },
    ],
    yardsticks: [
      { what: 'noise asked for to noise that came', measured: NOISE / came, atMost: 1.05, unit: '' },
      { what: 'noise, of one processor', measured: noisy.share - quiet.share, atMost: 15, unit: ' %' },
      { what: 'noise, for a lamp', measured: noisy.over - quiet.over, atMost: 1, unit: ' ms' },
    ],
  };
}

/** Listens to a PBX that makes so much noise, of so many events a second. */
async function listen({ noise, ms }: { noise: number; ms: number }): Promise<Run> {
  return onStage(async (keep) => {
    const { amiPort } = await keep(startDemoLoad({ extensions: EXTENSIONS, rate: PER_SECOND, noise }));
    const gateway = await keep(startGateway({ amiPort }));
    const { pid } = gateway.child();
    const boards = await keep(startBoards(gateway, 1));
    const session = { port: amiPort, user: USERS.lampboard, count: 1 };
    const ear = await keep(startThread('sessions', session));
    await delay(ms);
    await Promise.all([ear.collect(), boards.collect()]);
    const from = await used(pid);
    await delay(ms);
    const to = await used(pid);
    const [[heard = []], shown] = await Promise.all([ear.collect(), boards.collect()]);
    const changes = heard.filter(({ at }) => at > from.at + EDGE_MS && at < to.at - EDGE_MS);
    // A board may be told before the session that listens.
    const made = changes.map((change) => ({ ...change, at: change.at - EDGE_MS }));
    const [moments = []] = shownAt(shown, made);
    return {
      over: median(moments.map((at, index) => at - (changes[index]?.at ?? at))),
      share: ((to.took - from.took) / (to.at - from.at)) * 100,
      read: ((to.read - from.read) / (to.at - from.at)) * 1000,
    };
  });
}

async function used(pid: number) {
  return { at: now(), took: await processorMs(pid), read: (await bytesPassed(pid)).read };
}
