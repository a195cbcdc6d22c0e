import { expect, it } from 'vitest';
import { until } from '../processes/until.ts';
import { readMetrics } from './metrics-text.ts';
import { openBoard } from './open-board.ts';
import { startGateway } from './start-gateway.ts';

const SECRET = 'what somebody typed';
/** Fails in a timer and in a promise that nobody waits for, when it is told to. */
const FAIL = `process.on('SIGUSR2', () => {
  setTimeout(() => { throw new TypeError(${JSON.stringify(SECRET)}); });
  void Promise.reject(Object.assign(new Error(${JSON.stringify(SECRET)}), { code: 'EMFILE' }));
})`;

it('[GW14] an error that nothing handles is logged and counted, and boards and sessions go on', async () => {
  const script = `data:text/javascript,${encodeURIComponent(FAIL)}`;
  const gateway = await startGateway({ env: { NODE_OPTIONS: `--import=${script}` } });
  const board = await openBoard(gateway);
  await board.until('a live board', ({ link }) => link.state === 'live');
  const { epoch } = board.board();
  gateway.child().signal('SIGUSR2');
  await until({
    what: 'both errors to be counted',
    probe: async () => (await readMetrics(gateway)).get('lampboard_unexpected_errors_total') === 2,
  });
  await board.settle('1112@default', { state: 'away', subtype: '', message: 'still here' });
  expect(board.socket.connected).toBe(true);
  expect(board.board().epoch).toBe(epoch);
  const output = await gateway.output();
  expect(output).toContain('"error":"TypeError"');
  expect(output).toContain('"code":"EMFILE"');
  expect(output).not.toContain(SECRET);
  board.close();
  await gateway.stop();
});
