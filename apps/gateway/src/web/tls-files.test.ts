import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type Server, createServer, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SecureContextOptions, TLSSocket, connect } from 'node:tls';
import { createTestAuthority } from '@lampboard/ami/testing/certificates';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openTlsFiles } from './tls-files.ts';

const authority = createTestAuthority();
const one = authority.certify({ names: ['DNS:one.example', 'IP:127.0.0.1'] });
const two = authority.certify({ names: ['DNS:two.example', 'IP:127.0.0.1'] });

const ending: (() => void)[] = [];
let folder = '';
let warnings: unknown[] = [];
let news: unknown[] = [];
const log = {
  info: (said: unknown) => void news.push(said),
  warn: (...said: readonly unknown[]) => void warnings.push(said),
};

beforeEach(() => {
  warnings = [];
  news = [];
  folder = mkdtempSync(join(tmpdir(), 'lampboard-tls-files-'));
});
afterEach(() => {
  for (const end of ending.splice(0).toReversed()) end();
  rmSync(folder, { recursive: true });
});

function put(pair: Partial<typeof one>): { cert: string; key: string } {
  const paths = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  if (pair.cert !== undefined) writeFileSync(paths.cert, pair.cert);
  if (pair.key !== undefined) writeFileSync(paths.key, pair.key);
  return paths;
}

function messageOf(paths: { cert: string; key: string }): string {
  const opened = openTlsFiles({ paths, log });
  return opened.ok ? 'ok' : opened.message;
}

async function serve(paths: { cert: string; key: string }) {
  const opened = openTlsFiles({ paths, log, everyMs: 10 });
  if (!opened.ok) throw new Error(opened.message);
  const server: Server = createServer(opened.value.options, (_, response) => response.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = opened.value.follow(server);
  ending.push(
    () => server.closeAllConnections(),
    () => server.close(),
    stop,
  );
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no TCP port.');
  return { port: address.port, stop };
}

/** The names in the certificate that a new client is shown, having checked it. */
function namesShown(port: number, options: { maxVersion?: 'TLSv1.1' | 'TLSv1.2' } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const get = request({ host: '127.0.0.1', port, ca: authority.ca, agent: false, ...options });
    get.once('error', reject);
    get.once('response', (response) => {
      response.resume();
      const { socket } = response;
      if (!(socket instanceof TLSSocket)) return reject(new Error('not TLS'));
      resolve(`${socket.getProtocol()} ${socket.getPeerCertificate().subjectaltname}`);
    });
    get.end();
  });
}

const OLD = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;

/** The protocol that is agreed upon, or the code of the failure. */
function outcome(port: number, options: SecureContextOptions): Promise<string | null | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ca: authority.ca, ...options });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    socket.once('secureConnect', () => {
      resolve(socket.getProtocol());
      socket.destroy();
    });
  });
}

it('[TL1] serves with the certificate and key of the files, TLS 1.3 first and nothing below 1.2', async () => {
  const { port } = await serve(put(one));
  expect(await namesShown(port)).toContain('TLSv1.3 DNS:one.example');
  expect(await namesShown(port, { maxVersion: 'TLSv1.2' })).toContain('TLSv1.2');
  expect(await outcome(port, OLD)).toMatch(/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/);
});

it('[TL1] takes no key exchange without forward secrecy and no CBC, after a renewal too', async () => {
  const rsa = () => authority.certify({ names: ['IP:127.0.0.1'], kind: 'rsa' });
  const { port } = await serve(put(rsa()));
  const only = (ciphers: string) => outcome(port, { maxVersion: 'TLSv1.2', ciphers });
  async function expectStrong(): Promise<void> {
    expect(await only('ECDHE-RSA-AES128-GCM-SHA256')).toBe('TLSv1.2');
    expect(await only('ECDHE-RSA-CHACHA20-POLY1305')).toBe('TLSv1.2');
    for (const weak of ['AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES256-SHA384']) {
      expect(await only(weak), weak).toMatch(/HANDSHAKE_FAILURE/);
    }
    expect(await outcome(port, OLD)).toMatch(/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/);
  }
  await expectStrong();
  put(rsa());
  await vi.waitFor(() => expect(news).toEqual(['the certificate is renewed']), { timeout: 5000 });
  await expectStrong();
});

it('[TL1] a new certificate reaches new connections without a restart, and open ones stay', async () => {
  const { port } = await serve(put(one));
  const open = connect({ host: '127.0.0.1', port, ca: authority.ca });
  ending.push(() => open.destroy());
  await new Promise((resolve) => open.once('secureConnect', resolve));
  put(two);
  await vi.waitFor(async () => expect(await namesShown(port)).toContain('two.example'), { timeout: 5000 });
  expect(warnings).toEqual([]);
  open.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const [answer] = await new Promise<[Buffer]>((resolve) =>
    open.once('data', (data: Buffer) => resolve([data])),
  );
  expect(answer.toString()).toContain('200 OK');
});

it('[TL1] follows links that are turned elsewhere, as certbot does', async () => {
  const paths = { cert: join(folder, 'live-cert.pem'), key: join(folder, 'live-key.pem') };
  for (const [name, pair] of Object.entries({ one, two })) {
    writeFileSync(join(folder, `${name}-cert`), pair.cert);
    writeFileSync(join(folder, `${name}-key`), pair.key);
  }
  const turn = (name: string) => {
    for (const half of ['cert', 'key'] as const) {
      symlinkSync(`${name}-${half}`, join(folder, 'new'));
      renameSync(join(folder, 'new'), paths[half]);
    }
  };
  turn('one');
  const { port } = await serve(paths);
  expect(await namesShown(port)).toContain('one.example');
  turn('two');
  await vi.waitFor(async () => expect(await namesShown(port)).toContain('two.example'), { timeout: 5000 });
});

it('[TL1] a pair that does not fit leaves the old one in use, with one warning and no secret in it', async () => {
  const { port } = await serve(put(one));
  put({ key: two.key });
  await vi.waitFor(() => expect(warnings).toHaveLength(1), { timeout: 5000 });
  expect(await namesShown(port)).toContain('one.example');
  expect(JSON.stringify(warnings)).toContain('LAMPBOARD_TLS_KEY');
  expect(JSON.stringify(warnings)).not.toContain('PRIVATE');
  put(two);
  await vi.waitFor(async () => expect(await namesShown(port)).toContain('two.example'), { timeout: 5000 });
  expect(warnings).toHaveLength(1);
});

it('[TL1] files that are gone leave the old pair in use', async () => {
  const paths = put(one);
  const { port } = await serve(paths);
  rmSync(paths.cert);
  await vi.waitFor(() => expect(warnings).toHaveLength(1), { timeout: 5000 });
  expect(await namesShown(port)).toContain('one.example');
});

it('[TL1] once stopped it looks at the files no more', async () => {
  const stopped = await serve(put(one));
  const other = await serve(put(one));
  stopped.stop();
  put(two);
  // Both would see it at the same time.
  await vi.waitFor(async () => expect(await namesShown(other.port)).toContain('two.example'), {
    timeout: 5000,
  });
  expect(await namesShown(stopped.port)).toContain('one.example');
  expect(news).toHaveLength(1);
});

const LOCKED = `-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n`;
it.each([
  [{ key: one.key }, /^LAMPBOARD_TLS_CERT names .* can't be read\.$/],
  [{ cert: one.cert }, /^LAMPBOARD_TLS_KEY names .* can't be read\.$/],
  [{ cert: 'no PEM', key: one.key }, /^LAMPBOARD_TLS_CERT names .* holds no PEM certificate\.$/],
  [{ cert: one.cert, key: LOCKED }, /^LAMPBOARD_TLS_KEY names .* no PEM private key without a passphrase\.$/],
  [{ cert: one.cert, key: two.key }, /^LAMPBOARD_TLS_KEY names .* does not belong to the certificate\.$/],
])('[TL1] what can’t be served with stops the start with one line: %#', (pair, line) => {
  expect(messageOf(put(pair))).toMatch(line);
});
