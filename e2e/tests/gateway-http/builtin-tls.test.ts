import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { type ConnectionOptions, connect } from 'node:tls';
import { connectRawClient } from '../../testkit/clients/raw-client.ts';
import { expect, it } from 'vitest';
import { startDemoPbxUnderTest } from '../../testkit/asterisk/each-pbx.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { freePort } from '../../testkit/processes/free-port.ts';
import { httpRequest, cookieOf, trySignIn, accountOfCookie } from '../../testkit/gateway/http-client.ts';
import { ACCOUNTS } from '../../testkit/gateway/test-accounts.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { startForSuite } from '../../testkit/site/test-site.ts';
import { makeCertificate, tlsSettings } from '../../testkit/gateway/certificate.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';

const folder = startForSuite(makeTempFolder);
const pbx = startForSuite(startDemoPbxUnderTest);
const port = await freePort();
const PUBLIC_URL = `https://lampboard.test:${port}`;
const gateway = startForSuite(async () => {
  const tls = await makeCertificate(folder().path);
  // As in production: on every address, with all required settings.
  const env = { ...tls, LAMPBOARD_HOST: '0.0.0.0', LAMPBOARD_PUBLIC_URL: PUBLIC_URL };
  return startGateway({ amiPort: pbx().amiPort, port, env });
});

/** Null if the handshake fails. */
async function handshake(options: ConnectionOptions) {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
  try {
    await once(socket, 'secureConnect');
  } catch {
    return null;
  }
  const name = String(socket.getPeerCertificate().subject.CN);
  const [protocol, cipher] = [socket.getProtocol(), socket.getCipher().name];
  socket.on('error', () => undefined).end();
  return { protocol, cipher, name };
}

const SAME_ORIGIN = { host: new URL(PUBLIC_URL).host, origin: PUBLIC_URL };

it('[TL1] speaks TLS 1.3, or 1.2 with forward secrecy, and nothing older or weaker', async () => {
  expect(await handshake({})).toMatchObject({ protocol: 'TLSv1.3' });
  expect(await handshake({ maxVersion: 'TLSv1.2' })).toMatchObject({
    protocol: 'TLSv1.2',
    cipher: expect.stringMatching(/^ECDHE-.*(GCM|CHACHA20)/),
  });
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
  expect(await handshake(old)).toBeNull();
  const WEAK = 'AES128-SHA AES256-GCM-SHA384 ECDHE-ECDSA-AES128-SHA ECDHE-ECDSA-AES256-SHA384';
  for (const ciphers of WEAK.split(' '))
    expect(await handshake({ maxVersion: 'TLSv1.2', ciphers: `${ciphers}:@SECLEVEL=0` }), ciphers).toBeNull();
});

it('[TL1] does not answer without TLS, and tells browsers to stay with it', async () => {
  const plain = httpRequest(gateway().url.replace('https:', 'http:'));
  await expect(plain).rejects.toThrow(/socket hang up|ECONNRESET/);
  for (const path of ['', 'healthz', 'api/me', 'nothing.js']) {
    const { headers } = await httpRequest(`${gateway().url}${path}`, { headers: SAME_ORIGIN });
    expect(headers['strict-transport-security'], path).toBe('max-age=31536000; includeSubDomains');
  }
});

it('[SE1] over TLS the cookie is for this host and TLS alone, and signs in sockets too', async () => {
  const answer = await trySignIn(gateway(), 'rita', ACCOUNTS.rita.password, SAME_ORIGIN);
  expect(answer.status, answer.text).toBe(200);
  expect(answer.setCookies).toHaveLength(1);
  expect(answer.setCookies[0]).toMatch(/^__Host-lampboard-[0-9a-f]{8}=[\w-]{43}; /);
  for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/'])
    expect(answer.setCookies[0]?.split('; ')).toContain(attribute);
  expect(answer.setCookies[0]).not.toMatch(/domain/i);

  const cookie = cookieOf(answer);
  const socket = connectRawClient(gateway(), { ...SAME_ORIGIN, cookie });
  const snapshot = await new Promise((resolve, reject) => {
    socket.once('snapshot', resolve);
    socket.once('connect_error', reject);
  });
  expect(snapshot).toHaveProperty('extensions');
  socket.disconnect();

  const me = (headers: Record<string, string>) => httpRequest(`${gateway().url}api/me`, { headers });
  expect((await me({ ...SAME_ORIGIN, cookie })).status).toBe(200);
  expect((await me({ ...SAME_ORIGIN, cookie: cookie.replace('__Host-', '') })).status).toBe(401);
});

it('[GW7] is used by its public address alone', async () => {
  const { host } = new URL(gateway().url);
  const headers = { host, origin: `https://${host}` };
  const answer = await trySignIn(gateway(), 'rita', ACCOUNTS.rita.password, headers);
  expect(answer).toMatchObject({ status: 403, setCookies: [] });
  expect(await accountOfCookie(gateway(), '')).toBeNull();
});

it('[TL1] takes a renewed certificate without a restart, and keeps the old one where the new does not fit', async () => {
  const key = tlsSettings(folder().path).LAMPBOARD_TLS_KEY;
  const before = await readFile(key);
  await makeCertificate(folder().path, 'renewed');
  expect(await readFile(key)).not.toEqual(before);
  const slowly = { ms: 20_000, everyMs: 500 };
  const isRenewed = async () => (await handshake({}))?.name === 'renewed';
  await waitUntil('the renewed certificate', isRenewed, slowly);
  await writeFile(key, 'broken');
  const isReported = async () => (await gateway().output()).includes('LAMPBOARD_TLS_KEY');
  await waitUntil('the warning', isReported, slowly);
  expect(await handshake({})).toMatchObject({ name: 'renewed' });
  expect(await gateway().output()).not.toContain('PRIVATE KEY');
});
