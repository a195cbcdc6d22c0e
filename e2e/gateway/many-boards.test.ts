import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../processes/until.ts';
import { type LightBoards, openLightBoards } from './light-boards.ts';
import { createStaff } from './staff.ts';
import { startDemoLoad } from './start-demo-load.ts';
import { type RunningGateway, startGateway } from './start-gateway.ts';

const BOARDS = 500;
const ACCOUNTS = 10;
const EXTENSIONS = 1000;
const BACK_MS = 5000;

let pbx: Awaited<ReturnType<typeof startDemoLoad>>;
let gateway: RunningGateway;
let boards: LightBoards;

beforeAll(async () => {
  pbx = await startDemoLoad({ extensions: EXTENSIONS, rate: 100 });
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

async function allLive(ms = 20_000): Promise<void> {
  await until({ what: 'every board to be live', ms, everyMs: 20, probe: () => boards.live() === BOARDS });
}

it(`[LK4] ${BOARDS} boards that lose their gateway at once are all live within ${BACK_MS} ms of its start`, async () => {
  await gateway.kill();
  await until({ what: 'every board to notice', probe: () => boards.live() === 0 });
  const began = performance.now();
  await gateway.start();
  await allLive();
  expect(performance.now() - began).toBeLessThan(BACK_MS);
});
