import { startDemoPbx } from '@lampboard/demo-pbx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { startAmiProxy } from '../../testkit/network/ami-proxy.ts';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import { USERS, manyHints, standardHints } from '../../testkit/pbx/pbx-under-test.ts';
import { openTestClient, openTestSite, startForTest } from '../../testkit/site/test-site.ts';

const LARGE = 1500;
const SMALL = 100;
const KBIT = 1000 / 8;

await describeEachPbx((pbx) => {
  async function openOver(line: { bytesPerSecond: number; delayMs: number }, liveMs: number) {
    const proxy = await startForTest(startAmiProxy({ amiPort: pbx().amiPort }));
    proxy.setCondition({ kind: 'throttle', ...line });
    return (await openTestSite({ ...pbx(), amiPort: proxy.port }, { liveMs })).client;
  }
  const reloadWith = (count: number) => pbx().reload([...standardHints(), ...manyHints(count)]);

  beforeAll(async () => {
    await reloadWith(LARGE);
    const setvar = { Action: 'Setvar', Value: 'away,Lunch,Back at two' };
    await pbx().withSession(async (ami) => {
      const set = ({ exten }: { exten: string }) =>
        ami.action({ ...setvar, Variable: `PRESENCE_STATE(CustomPresence:${exten})` });
      await Promise.all(manyHints(LARGE).map(set));
    });
  });
  afterAll(async () => pbx().reload(standardHints()));

  it(
    `[AM20] ${LARGE} hints over 512 kbit/s are live within 40 s, and stay so through a reload`,
    { timeout: 120_000 },
    async () => {
      const board = await openOver({ bytesPerSecond: 512 * KBIT, delayMs: 20 }, 40_000);
      const links: string[] = [];
      const { epoch } = board.board();
      board.socket.on('delta', ({ changes }) =>
        changes.forEach((change) => change.table === 'pbxs' && links.push(JSON.stringify(change))),
      );
      await reloadWith(LARGE - 1);
      const gone = `${20_000 + LARGE - 1}@default`;
      await board.waitUntil('the hint that is gone', ({ extensions }) => !extensions.has(gone), 40_000);
      expect(links).toEqual([]);
      expect(board.board().epoch).toBe(epoch);
    },
  );

  it(`[AM20] ${SMALL} hints at 600 ms each way are live within 10 s, and stay so`, async () => {
    await reloadWith(SMALL);
    const board = await openOver({ bytesPerSecond: 100_000 * KBIT, delayMs: 600 }, 10_000);
    const { epoch } = board.board();
    await pbx().setLamp('Custom:lamp600', 'INUSE');
    await board.waitUntil('a lamp', () => board.extension('600@default').lamp === 'in-use');
    await pbx().setLamp('Custom:lamp600', 'NOT_INUSE');
    await board.waitUntil('a lamp', () => board.extension('600@default').lamp === 'idle');
    expect(board.board().epoch).toBe(epoch);
  });
});

it('[CL15] at 200 ms each way a call rings on the board before it is known whether its number may be shown', async () => {
  const demo = await startDemoPbx({ hints: standardHints(), users: Object.values(USERS) });
  const pbx = await startForTest(Promise.resolve({ ...demo, stop: () => demo.kill() }));
  const proxy = await startForTest(startAmiProxy({ amiPort: pbx.port }));
  const gateway = await startForTest(startGateway({ amiPort: proxy.port, callsUser: 'calls' }));
  const client = await openTestClient(gateway);
  await client.waitUntil('calls', ({ pbxs }) => [...pbxs.values()][0]?.callsLink?.state === 'live');
  const seen: string[] = [];
  client.socket.on('delta', () => {
    const call = [...client.board().calls.values()].find(
      ({ extensions }) => extensions[0] === '1101@default',
    );
    if (call !== undefined) seen.push(`${call.state} ${call.party?.number ?? 'not known'}`);
  });
  proxy.setCondition({ kind: 'throttle', bytesPerSecond: 100_000 * KBIT, delayMs: 200 });
  pbx.stranger({ from: '0301234', exten: '1101' });
  await client.waitUntil('the number', () => seen.includes('ringing 0301234'));
  expect(seen[0]).toBe('ringing not known');
  pbx.phone('1101').answer();
  await client.waitUntil('the talk', () => seen.includes('talking 0301234'));
  expect(seen).not.toContain('talking not known');
});
