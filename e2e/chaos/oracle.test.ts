import { expect, it, onTestFinished } from 'vitest';
import { startDemoPbx } from '@lampboard/demo-pbx';
import { inDefault, USERS } from '../testkit/pbx/pbx-under-test.ts';
import { waitUntil } from '../testkit/processes/wait-until.ts';
import { startOracle } from './oracle.ts';
import { startForTest } from '../testkit/site/test-site.ts';
import { startTcpProxy } from '../testkit/network/tcp-proxy.ts';

/** An oracle behind a network that delivers nothing to some connections, counted from 0. */
async function startOracleBehind(isDeaf: (connection: number) => boolean) {
  const hints = [inDefault('1101', 'Custom:lamp1101')];
  const pbx = await startDemoPbx({ hints, users: [USERS.control] });
  let count = 0;
  const proxy = await startForTest(
    startTcpProxy(pbx.port, (client, upstream) => {
      client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
      upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
      client.pipe(upstream);
      if (isDeaf(count++)) upstream.resume();
      else upstream.pipe(client);
    }),
  );
  onTestFinished(() => pbx.close());
  return startForTest(startOracle(proxy.port));
}

it('[TE4] one session that hears nothing is no Asterisk that is gone', async () => {
  const began = performance.now();
  const oracle = await startOracleBehind((connection) => connection !== 1);
  await waitUntil('an unanswered session', () => oracle.unansweredSessions() > 1);
  const states = await oracle.around(began + 500, performance.now());
  expect(states.length).toBeGreaterThan(10);
  expect(states.filter(({ snapshot }) => snapshot === null)).toEqual([]);
});

it('[TE4] an Asterisk that answers no session for a second is gone', async () => {
  const began = performance.now();
  const oracle = await startOracleBehind(() => true);
  const states = await oracle.around(began, began + 1100);
  expect(states.map(({ snapshot }) => snapshot)).toContain(null);
  expect(oracle.count()).toBe(0);
});
