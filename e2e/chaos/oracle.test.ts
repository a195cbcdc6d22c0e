import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { startDemoPbx } from '@lampboard/demo-pbx';
import { inDefault, USERS } from '../testkit/pbx/pbx-under-test.ts';
import { freePort } from '../testkit/processes/free-port.ts';
import { waitUntil } from '../testkit/processes/wait-until.ts';
import { startOracle } from './oracle.ts';

/** A PBX behind a network that delivers nothing to some connections, counted from 0. */
async function pbxBehind(isDeaf: (connection: number) => boolean) {
  const { username, secret } = USERS.control;
  const user = { username, secret, read: ['call', 'system'], write: ['call', 'system'] };
  const pbx = await startDemoPbx({ hints: [inDefault('1101', 'Custom:lamp1101')], users: [user] });
  const port = await freePort();
  const sockets: Socket[] = [];
  let count = 0;
  const server = createServer((client) => {
    const far = connect({ port: pbx.port, host: '127.0.0.1' });
    sockets.push(client, far);
    sockets.slice(-2).forEach((socket) => socket.on('error', () => socket.destroy()));
    client.on('data', (bytes) => far.write(bytes));
    client.on('close', () => far.destroy());
    far.on('close', () => client.destroy());
    if (!isDeaf(count++)) far.on('data', (bytes) => client.write(bytes));
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port,
    async close() {
      sockets.forEach((socket) => socket.destroy());
      server.close();
      await pbx.close();
    },
  };
}

it('[TE4] one session that hears nothing is no Asterisk that is gone', async () => {
  const pbx = await pbxBehind((connection) => connection !== 1);
  const began = performance.now();
  const truth = await startOracle(pbx.port);
  try {
    await waitUntil('a deaf session', () => truth.unansweredSessions() > 1);
    const truths = await truth.around(began + 500, performance.now());
    expect(truths.length).toBeGreaterThan(10);
    expect(truths.filter(({ snapshot }) => snapshot === null)).toEqual([]);
  } finally {
    await truth.stop();
    await pbx.close();
  }
});

it('[TE4] an Asterisk that answers no session for a second is gone', async () => {
  const pbx = await pbxBehind(() => true);
  const began = performance.now();
  const truth = await startOracle(pbx.port);
  try {
    const truths = await truth.around(began, began + 1100);
    expect(truths.map(({ snapshot }) => snapshot)).toContain(null);
    expect(truth.count()).toBe(0);
  } finally {
    await truth.stop();
    await pbx.close();
  }
});
