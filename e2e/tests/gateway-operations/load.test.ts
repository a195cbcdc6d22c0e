import { beforeAll, expect, it } from 'vitest';
import { rssKb } from '../../testkit/processes/proc-stats.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { type LoadClients, openLoadClients } from '../../testkit/clients/load-clients.ts';
import { createAccountPool } from '../../testkit/gateway/account-pool.ts';
import { openTestClient, startLoadedGateway } from '../../testkit/site/test-site.ts';

const BOARDS = 500;
const ACCOUNTS = 25;
const EXTENSIONS = 1000;
/** Changes a second that 500 clients in one process can handle. */
const RATE = 20;
const RECONNECT_MS = 5000;
const SLEEPERS = 100;
/** Longer than the server timeout. */
const MISSED_CHANGES = 7 * RATE;
/** Permitted growth of a healthy process. */
const GROWTH_KB = 48 * 1024;

const gateway = startLoadedGateway({ extensions: EXTENSIONS, rate: RATE });
let boards: LoadClients;

beforeAll(async () => {
  const staff = await createAccountPool(gateway());
  const cookies: string[] = [];
  for (let account = 0; account < ACCOUNTS; account++) {
    const { cookie } = await staff.create('receptionist', '10000@default');
    cookies.push(...Array.from({ length: BOARDS / ACCOUNTS }, () => cookie));
  }
  boards = openLoadClients(gateway().url, cookies);
  await allLive();
  return boards.stop;
});

async function allLive(): Promise<void> {
  await waitUntil('every board to be live', () => boards.liveCount() === BOARDS, { ms: 20_000, everyMs: 20 });
}

it(`[LK4] ${BOARDS} boards that lose their gateway at once are all live within ${RECONNECT_MS} ms of its start`, async () => {
  await gateway().kill();
  await waitUntil('every board to notice', () => boards.liveCount() === 0);
  const began = performance.now();
  await gateway().start();
  await allLive();
  expect(performance.now() - began).toBeLessThan(RECONNECT_MS);
});

it(`[GW11] ${SLEEPERS} boards that stop reading cost the others nothing, and are live again once they wake`, async () => {
  const watcher = await openTestClient(gateway());
  let resyncs = 0;
  watcher.socket.onAnyOutgoing((event) => (resyncs += event === 'resync' ? 1 : 0));
  const before = await rssKb(gateway().child());
  const { snapshots } = boards.received();
  boards.pauseReading(SLEEPERS);
  const { seq } = watcher.board();
  await watcher.waitUntil('much to change meanwhile', (board) => board.seq > seq + MISSED_CHANGES, 20_000);
  boards.resumeReading();
  const allGotSnapshots = () => boards.received().snapshots >= snapshots + SLEEPERS;
  await waitUntil('a snapshot for everybody who woke', allGotSnapshots, { ms: RECONNECT_MS });
  await allLive();
  expect(resyncs).toBe(0);
  expect(await rssKb(gateway().child())).toBeLessThan(before + GROWTH_KB);
});
