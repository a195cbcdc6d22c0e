import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { startAmiProxy } from '../../testkit/network/ami-proxy.ts';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import { manyHints, standardHints } from '../../testkit/pbx/pbx-under-test.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { startGatewayWithClient } from '../../testkit/clients/board-client.ts';
import { startForSuite } from '../../testkit/site/test-site.ts';

const HINTS = 1500;
const MAX_BYTES_PER_SECOND = 20_000;
const MEASURED_SECONDS = 10;
/** A reload shows within two seconds, or five on a busy machine; a full list is due in a minute. */
const SOON_MS = 5000;

await describeEachPbx((pbx) => {
  const reloadWith = (count: number) => pbx().reload([...standardHints(), ...manyHints(count)]);
  const proxy = startForSuite(async () => {
    await reloadWith(HINTS);
    return startAmiProxy({ amiPort: pbx().amiPort });
  });
  const site = startForSuite(() =>
    startGatewayWithClient({ ...pbx(), amiPort: proxy().port }, { liveMs: 20_000 }),
  );
  afterAll(async () => pbx().reload(standardHints()));

  async function bytesPerSecond(seconds: number): Promise<number> {
    const before = proxy().bytesPassed();
    await sleep(seconds * 1000);
    return (proxy().bytesPassed() - before) / seconds;
  }

  it(`[AM21] ${HINTS} quiet hints cost the line at most 20 kB/s`, async () => {
    const isQuiet = async () => (await bytesPerSecond(1)) < MAX_BYTES_PER_SECOND;
    await waitUntil('names to be known', isQuiet, { ms: 40_000 });
    expect(await bytesPerSecond(MEASURED_SECONDS)).toBeLessThan(MAX_BYTES_PER_SECOND);
  });

  it.each([
    ['one', HINTS - 1],
    ['most', 20],
    ['all', 0],
  ])('[LM4] [AM22] a reload that takes %s of them away shows soon', async (_, left) => {
    const { client } = site();
    const has = (index: number) => client.board().extensions.has(`${20_000 + index}@default`);
    await reloadWith(left);
    await client.waitUntil('the last to be gone', () => !has(left), SOON_MS);
    await reloadWith(HINTS);
    await client.waitUntil('all to be back', () => has(HINTS - 1), SOON_MS);
  });
});
