import { afterAll, beforeAll, expect, it } from 'vitest';
import { residentKb } from '../processes/resident-kb.ts';
import { until } from '../processes/until.ts';
import { type LightBoards, openLightBoards } from './light-boards.ts';
import { openBoard } from './open-board.ts';
import { createStaff } from './staff.ts';
import { startDemoLoad } from './start-demo-load.ts';
import { type RunningGateway, startGateway } from './start-gateway.ts';

const BOARDS = 500;
const ACCOUNTS = 25;
const EXTENSIONS = 1000;
/** Changes a second: five hundred boards in one process of a test are to keep up with them. */
const RATE = 20;
/** They run in one process, beside the gateway, on as many cores as there are. */
const BACK_MS = 5000;
const SLEEPERS = 100;
/** Seven seconds: more than the gateway waits for somebody who does not answer. */
const MEANWHILE = 7 * RATE;
/** What a healthy process may grow by: the collector takes its time, and memory once taken is seldom given back. */
const GROWTH_KB = 48 * 1024;

let pbx: Awaited<ReturnType<typeof startDemoLoad>>;
let gateway: RunningGateway;
let boards: LightBoards;

beforeAll(async () => {
  pbx = await startDemoLoad({ extensions: EXTENSIONS, rate: RATE });
  gateway = await startGateway({ amiPort: pbx.amiPort });
  const staff = await createStaff(gateway);
  const cookies: string[] = [];
  for (let account = 0; account < ACCOUNTS; account++) {
    const { cookie } = await staff.hire({
      role: 'receptionist',
      extension: '10000@default',
      password: 'tangerine kettle 8',
    });
    cookies.push(...Array.from({ length: BOARDS / ACCOUNTS }, () => cookie));
  }
  boards = openLightBoards(gateway.url, cookies);
  await allLive();
});
afterAll(async () => {
  boards.close();
  await gateway.stop();
  await pbx.stop();
});

async function allLive(): Promise<void> {
  await until({
    what: 'every board to be live',
    ms: 20_000,
    everyMs: 20,
    probe: () => boards.live() === BOARDS,
  });
}

it(`[LK4] ${BOARDS} boards that lose their gateway at once are all live within ${BACK_MS} ms of its start`, async () => {
  await gateway.kill();
  await until({ what: 'every board to notice', probe: () => boards.live() === 0 });
  const began = performance.now();
  await gateway.start();
  await allLive();
  expect(performance.now() - began).toBeLessThan(BACK_MS);
});

it(`[GW11] ${SLEEPERS} boards that stop reading cost the others nothing, and are live again once they wake`, async () => {
  const watcher = await openBoard(gateway);
  let resyncs = 0;
  watcher.socket.onAnyOutgoing((event) => (resyncs += event === 'resync' ? 1 : 0));
  const before = await residentKb(gateway.child());
  const { snapshots } = boards.received();
  boards.sleep(SLEEPERS);
  const { seq } = watcher.board();
  await watcher.until('much to change meanwhile', (board) => board.seq > seq + MEANWHILE, 20_000);
  boards.wake();
  await until({
    what: 'a whole board for everybody who woke',
    ms: BACK_MS,
    probe: () => boards.received().snapshots >= snapshots + SLEEPERS,
  });
  await allLive();
  expect(resyncs).toBe(0);
  expect(await residentKb(gateway.child())).toBeLessThan(before + GROWTH_KB);
  watcher.close();
});
