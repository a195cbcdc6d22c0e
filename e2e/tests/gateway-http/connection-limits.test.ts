import { type Socket, connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { connectRawClient } from '../../testkit/clients/raw-client.ts';
import { describe, expect, it } from 'vitest';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { httpRequest, signIn } from '../../testkit/gateway/http-client.ts';
import { type RunningGateway, startGateway } from '../../testkit/gateway/start-gateway.ts';
import { startForSuite } from '../../testkit/site/test-site.ts';
import { makeCertificate } from '../../testkit/gateway/certificate.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';

const CONNECTIONS = 1100;
const DESCRIPTORS = 1024;
/** Above the limit of one network without a session; each connection includes a handshake over TLS. */
const TALKING = 300;
const ANSWER_MS = 1000;

const folder = startForSuite(makeTempFolder);

/** Opens a connection that sends a text and reads nothing; resolves when it has sent it or was closed. */
function openTalking(gateway: RunningGateway, text: string, overTls: boolean): Promise<Socket> {
  const socket = overTls ? connectTls(addressOf(gateway)) : connect(addressOf(gateway));
  return new Promise((resolve) => {
    const done = () => resolve(socket);
    socket.on('error', done).once('close', done);
    socket.once(overTls ? 'secureConnect' : 'connect', () => socket.write(text, done));
  });
}

const addressOf = ({ url }: RunningGateway) => ({
  port: Number(new URL(url).port),
  host: '127.0.0.1',
  rejectUnauthorized: false,
});

/** A signed-in client, and its longest time without a ping. */
function watchPings(gateway: RunningGateway, cookie: string) {
  const socket = connectRawClient(gateway, { cookie });
  let lastPingAt = performance.now();
  let longestGapMs = 0;
  socket.io.on('ping', () => {
    longestGapMs = Math.max(longestGapMs, performance.now() - lastPingAt);
    lastPingAt = performance.now();
  });
  return { socket, longestGapMs: () => longestGapMs };
}

async function healthMs({ url }: RunningGateway): Promise<number> {
  const began = performance.now();
  expect((await httpRequest(`${url}healthz`)).status).toBe(200);
  return performance.now() - began;
}

describe.each([['plain'], ['TLS']])('over %s', (scheme) => {
  const gateway = startForSuite(async () => {
    const tls = await makeCertificate(folder().path);
    return startGateway({ descriptors: DESCRIPTORS, env: scheme === 'TLS' ? tls : {} });
  });

  it(`[GW12] ${CONNECTIONS} connections that say nothing with ${DESCRIPTORS} descriptors keep nobody out, and are closed`, async () => {
    const { socket, longestGapMs } = watchPings(gateway(), await signIn(gateway(), 'rita'));
    await waitUntil('the client', () => socket.connected);
    const silent = Array.from({ length: CONNECTIONS }, () => connect(addressOf(gateway())).resume());
    for (const each of silent) each.on('error', () => undefined);
    await waitUntil('the connections', () => silent.every(({ connecting }) => !connecting));
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect(await healthMs(gateway())).toBeLessThan(ANSWER_MS);
    await waitUntil('them to be closed', () => silent.every(({ destroyed }) => destroyed));
    await signIn(gateway(), 'ada');
    expect(socket.connected).toBe(true);
    expect(longestGapMs()).toBeLessThan(2 * ANSWER_MS);
    expect(gateway().child().isRunning()).toBe(true);
    socket.disconnect();
  });

  it.each([
    ['half a request', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: '],
    [
      'half a body',
      'POST /api/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{',
    ],
    ['one request, and read no answer', `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`],
    ['nothing that anybody understands', '\x16\x03\x01\x02\0\x01'],
  ])('[GW12] connections that send %s keep nobody out', async (_, requestText) => {
    const talking = await Promise.all(
      Array.from({ length: TALKING }, () => openTalking(gateway(), requestText, scheme === 'TLS')),
    );
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect(await healthMs(gateway())).toBeLessThan(2 * ANSWER_MS);
    await signIn(gateway(), 'rita');
    for (const socket of talking) socket.destroy();
  });
});
