import { afterAll, beforeAll, expect, it } from 'vitest';
import { rssKb } from '../../testkit/processes/rss.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { type LoadClients, openLoadClients } from '../../testkit/clients/load-clients.ts';
import { openBoardClient } from '../../testkit/clients/board-client.ts';
import { createAccountPool } from '../../testkit/gateway/account-pool.ts';
import { startDemoLoad } from '../../testkit/pbx/demo-load.ts';
import { type RunningGateway, startGateway } from '../../testkit/gateway/start-gateway.ts';

const BOARDS = 500;
const ACCOUNTS = 25;
const EXTENSIONS = 1000;
/** Changes a second: five hundred boards in one process of a test are to keep up with them. */
const RATE = 20;
/** They run in one process, beside the gateway, on as many cores as there are. */
const RECONNECT_MS = 5000;
const SLEEPERS = 100;
/** Seven seconds: more than the gateway waits for somebody who does not answer. */
const MISSED_CHANGES = 7 * RATE;
/** What a healthy process may grow by: the collector takes its time, and memory once taken is seldom given back. */
const GROWTH_KB = 48 * 1024;

let pbx: Awaited<ReturnType<typeof startDemoLoad>>;
let gateway: RunningGateway;
let boards: LoadClients;

beforeAll(async () => {
  pbx = await startDemoLoad({ extensions: EXTENSIONS, rate: RATE });
  gateway = await startGateway({ amiPort: pbx.amiPort });
  const staff = await createAccountPool(gateway);
  const cookies: string[] = [];
  for (let account = 0; account < ACCOUNTS; account++) {
    const { cookie } = await staff.create({
      role: 'receptionist',
      extension: '10000@default',
      password: 'tangerine kettle 8',
    });
    cookies.push(...Array.from({ length: BOARDS / ACCOUNTS }, () => cookie));
  }
  boards = openLoadClients(gateway.url, cookies);
  await allLive();
});
afterAll(async () => {
  boards.close();
  await gateway.stop();
  await pbx.stop();
});

async function allLive(): Promise<void> {
  await waitUntil({
    description: 'every board to be live',
    ms: 20_000,
    everyMs: 20,
    probe: () => boards.liveCount() === BOARDS,
  });
}

it(`[LK4] ${BOARDS} boards that lose their gateway at once are all live within ${RECONNECT_MS} ms of its start`, async () => {
  await gateway.kill();
  await waitUntil({ description: 'every board to notice', probe: () => boards.liveCount() === 0 });
  const began = performance.now();
  await gateway.start();
  await allLive();
  expect(performance.now() - began).toBeLessThan(RECONNECT_MS);
});

it(`[GW11] ${SLEEPERS} boards that stop reading cost the others nothing, and are live again once they wake`, async () => {
  const watcher = await openBoardClient(gateway);
  let resyncs = 0;
  watcher.socket.onAnyOutgoing((event) => (resyncs += event === 'resync' ? 1 : 0));
  const before = await rssKb(gateway.child());
  const { snapshots } = boards.received();
  boards.pauseReading(SLEEPERS);
  const { seq } = watcher.board();
  await watcher.waitUntil('much to change meanwhile', (board) => board.seq > seq + MISSED_CHANGES, 20_000);
  boards.resumeReading();
  await waitUntil({
    description: 'a whole board for everybody who woke',
    ms: RECONNECT_MS,
    probe: () => boards.received().snapshots >= snapshots + SLEEPERS,
  });
  await allLive();
  expect(resyncs).toBe(0);
  expect(await rssKb(gateway.child())).toBeLessThan(before + GROWTH_KB);
  watcher.close();
});
