import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { startAmiProxy } from '../../testkit/network/ami-proxy.ts';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import { manyHints, standardHints } from '../../testkit/pbx/pbx-under-test.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { startGatewayWithClient } from '../../testkit/clients/board-client.ts';
import { startForSuite } from '../../testkit/clients/test-client.ts';

const HINTS = 1500;
const MAX_BYTES_PER_SECOND = 20_000;
const MEASURED_SECONDS = 10;
/** A reload shows within two seconds, or five on a busy machine; a full list is due in a minute. */
const SOON_MS = 5000;

await describeEachPbx((pbx) => {
  const proxy = startForSuite(async () => {
    await pbx().reload([...standardHints(), ...manyHints(HINTS)]);
    return startAmiProxy({ amiPort: pbx().amiPort });
  });
  const site = startForSuite(() =>
    startGatewayWithClient({ amiPort: proxy().port, users: pbx().users }, { liveMs: 20_000 }),
  );
  afterAll(async () => pbx().reload(standardHints()));

  async function bytesPerSecond(seconds: number): Promise<number> {
    const before = proxy().bytesPassed();
    await sleep(seconds * 1000);
    return (proxy().bytesPassed() - before) / seconds;
  }

  it(`[AM21] ${HINTS} quiet hints cost the line at most 20 kB/s`, async () => {
    await waitUntil('names to be known', async () => (await bytesPerSecond(1)) < MAX_BYTES_PER_SECOND, {
      ms: 40_000,
    });
    expect(await bytesPerSecond(MEASURED_SECONDS)).toBeLessThan(MAX_BYTES_PER_SECOND);
  });

  it.each([
    ['one', HINTS - 1],
    ['most', 20],
    ['all', 0],
  ])('[LM4] [AM22] a reload that takes %s of them away shows soon', async (_, left) => {
    const hints = [...standardHints(), ...manyHints(left)];
    await pbx().reload(hints);
    const gone = `${20_000 + left}@default`;
    await site().client.waitUntil('the last to be gone', ({ extensions: rows }) => !rows.has(gone), SOON_MS);
    await pbx().reload([...standardHints(), ...manyHints(HINTS)]);
    await site().client.waitUntil(
      'all to be back',
      ({ extensions: rows }) => rows.has(`${20_000 + HINTS - 1}@default`),
      SOON_MS,
    );
  });
});
