import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { canConnect, connectRawClient } from '../../testkit/clients/raw-client.ts';
import { beforeAll, expect, it } from 'vitest';
import { USERS } from '../../testkit/pbx/pbx-under-test.ts';
import { freePort } from '../../testkit/processes/free-port.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { signIn, httpRequest } from '../../testkit/gateway/http-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { openTestClient, startForSuite, startTestGateway } from '../../testkit/site/test-site.ts';

const gateway = startForSuite(() => startGateway({}));
let cookie: string;
beforeAll(async () => {
  cookie = await signIn(gateway(), 'rita');
});

const connects = (headers: Record<string, string>) => canConnect(gateway(), { cookie, ...headers });

it('[GW7] lets its own page connect, and no page of another site', async () => {
  const { host } = new URL(gateway().url);
  expect(await connects({})).toBe(true);
  expect(await connects({ origin: `http://${host}` })).toBe(true);
  expect(await connects({ origin: 'http://evil.example' })).toBe(false);
  expect(await connects({ origin: 'null' })).toBe(false);
});

it('[GW7] lets nobody connect by a name that only points here', async () => {
  expect(await connects({ host: 'evil.example', origin: 'http://evil.example' })).toBe(false);
});

it('[GW6] ends the connection that sends an event too large, and no other', async () => {
  const client = await openTestClient(gateway());
  const flood = connectRawClient(gateway(), { cookie });
  const closed = new Promise((resolve) => flood.on('disconnect', resolve));
  flood.emit('set-presence', { id: 'x'.repeat(1024 * 1024) });
  await closed;
  expect(client.socket.connected).toBe(true);
});

it('[GW2] tells its health, serves the page for every place in it, and nothing else', async () => {
  const get = (path: string, accept = 'text/html') =>
    fetch(new URL(path, gateway().url), { headers: { accept } });
  expect((await get('healthz')).status).toBe(200);
  await waitUntil('the demo PBX to be live', async () => (await get('readyz')).status === 200);
  expect(await (await get('')).text()).toContain('<div id="root">');
  expect(await (await get('any/place')).text()).toContain('<div id="root">');
  expect((await get('assets/none.js', '*/*')).status).toBe(404);
  expect((await get('..%2f..%2fpackage.json', '*/*')).status).toBe(404);
});

it('[GW4] a wrong setting stops the start with one line', async () => {
  const line = /^The gateway ended:\nLampboard: LAMPBOARD_AMI_PORT is not a number\.\n$/;
  await expect(startGateway({ env: { LAMPBOARD_AMI_PORT: 'five' } })).rejects.toThrow(line);
});

it('[GW4] an address in use stops the start with one line', async () => {
  const port = await freePort();
  const other = createServer().listen(port, '127.0.0.1');
  const line = /Lampboard: port \d+ is taken.*LAMPBOARD_PORT/;
  await expect(startGateway({ env: { LAMPBOARD_PORT: String(port) } })).rejects.toThrow(line);
  other.close();
});

it('[GW8] writes no secret and no text of anybody into its log', async () => {
  const secret = 'hush-hush-4711';
  const lost = await startTestGateway({ amiPort: await freePort(), user: { ...USERS.lampboard, secret } });
  await waitUntil('the log of a failure', async () => (await lost.output()).includes('unreachable'));
  expect(await lost.output()).not.toContain(secret);
  const client = await openTestClient(gateway());
  await client.waitUntilLive();
  await client.forceSetPresence('1112@default', { state: 'away', subtype: '', message: 'a private matter' });
  expect(await gateway().output()).not.toContain('private matter');
});

it('[GW9] forbids by its headers whatever is not its own', async () => {
  const { headers } = await fetch(gateway().url, { headers: { accept: 'text/html' } });
  const policy = headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

/** Sends these bytes; returns the response headers, or all until the gateway closes. */
function answerTo(bytes: string): Promise<string> {
  const { hostname, port } = new URL(gateway().url);
  const socket = connect(Number(port), hostname);
  return new Promise((resolve, reject) => {
    let received = '';
    socket.on('data', (piece) => {
      received += piece.toString('latin1');
      if (received.includes('\r\n\r\n')) socket.destroy();
    });
    socket.once('error', reject).once('close', () => resolve(received));
    socket.write(bytes);
  });
}

const UPGRADE =
  '\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';

it.each([
  ['no HTTP', 400, 'HELLO\r\n\r\n'],
  ['a header that is none', 400, 'GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n'],
  ['no Host', 400, 'GET / HTTP/1.1\r\n\r\n'],
  ['headers too large', 431, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
  ['an expectation', 417, 'GET / HTTP/1.1\r\nHost: x\r\nExpect: all\r\n\r\n'],
  ['an unknown transport', 403, 'GET /socket.io/?EIO=4&transport=x HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a socket without a session', 403, `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1${UPGRADE}`],
])('[GW13] the answer to %s is %i, with the headers of every answer', async (_, status, bytes) => {
  const answer = await answerTo(bytes);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  for (const header of ["content-security-policy: default-src 'none'", 'x-content-type-options: nosniff'])
    expect(answer.toLowerCase()).toContain(header);
});

it('[GW5] stops although somebody holds a connection and says nothing', async () => {
  const other = await startGateway({});
  const { hostname, port } = new URL(other.url);
  const silent = connect(Number(port), hostname);
  await once(silent, 'connect');
  const ended = once(silent, 'close');
  await other.stop();
  await ended;
  expect(other.child().isRunning()).toBe(false);
});

it('[GW7] knows its own page however an address is written', async () => {
  const foreign = { host: 'evil.example', origin: 'http://evil.example' };
  for (const path of ['api/sign-in/demo', '%61pi/sign-in/demo', 'api/%73ign-in/demo', 'api//sign-in/demo']) {
    const request = { headers: foreign, body: { account: 'Bruce Wayne' } };
    const answer = await httpRequest(new URL(path, gateway().url), request);
    expect([403, 404], path).toContain(answer.status);
    expect(answer.setCookies).toEqual([]);
  }
});
