import { expect, it } from 'vitest';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { readMetrics } from '../../testkit/gateway/http-client.ts';
import { openTestClient, startTestGateway } from '../../testkit/site/test-site.ts';

const SECRET = 'what somebody typed';
/** Throws in a timer and rejects an unhandled promise on SIGUSR2. */
const FAIL = `process.on('SIGUSR2', () => {
  setTimeout(() => { throw new TypeError(${JSON.stringify(SECRET)}); });
  void Promise.reject(Object.assign(new Error(${JSON.stringify(SECRET)}), { code: 'EMFILE' }));
})`;

it('[GW14] an error that nothing handles is logged and counted, and boards and sessions go on', async () => {
  const script = `data:text/javascript,${encodeURIComponent(FAIL)}`;
  const gateway = await startTestGateway({ env: { NODE_OPTIONS: `--import=${script}` } });
  const client = await openTestClient(gateway);
  await client.waitUntilLive();
  const { epoch } = client.board();
  gateway.child().signal('SIGUSR2');
  await waitUntil(
    'both errors to be counted',
    async () => (await readMetrics(gateway)).get('lampboard_unexpected_errors_total') === 2,
  );
  await client.forceSetPresence('1112@default', { state: 'away', subtype: '', message: 'still here' });
  expect(client.socket.connected).toBe(true);
  expect(client.board().epoch).toBe(epoch);
  const output = await gateway.output();
  expect(output).toContain('"error":"TypeError"');
  expect(output).toContain('"code":"EMFILE"');
  expect(output).not.toContain(SECRET);
});
