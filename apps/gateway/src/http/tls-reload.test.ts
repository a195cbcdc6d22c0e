import { once } from 'node:events';
import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type Server, createServer, request } from 'node:https';
import { join } from 'node:path';
import { type SecureContextOptions, TLSSocket, connect } from 'node:tls';
import { createTestAuthority } from '@lampboard/ami/testing/certificates';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { toConfigResult } from '../config/environment.ts';
import { listen } from '../platform/testing/listen.ts';
import { testFolder } from '../platform/testing/test-folder.ts';
import { createTlsReloader } from './tls-reload.ts';

const authority = createTestAuthority();
const one = authority.issueCertificate({ names: ['DNS:one.example', 'IP:127.0.0.1'] });
const two = authority.issueCertificate({ names: ['DNS:two.example', 'IP:127.0.0.1'] });

let folder = '';
let warnings: unknown[] = [];
let infos: unknown[] = [];
const log = {
  info: (message: unknown) => void infos.push(message),
  warn: (...args: readonly unknown[]) => void warnings.push(args),
};

beforeEach(() => {
  warnings = [];
  infos = [];
  folder = testFolder();
});

function writePair({ cert, key }: Partial<typeof one>): { cert: string; key: string } {
  const paths = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  if (cert !== undefined) writeFileSync(paths.cert, cert);
  if (key !== undefined) writeFileSync(paths.key, key);
  return paths;
}

function messageOf(paths: { cert: string; key: string }): string {
  const result = toConfigResult(() => createTlsReloader({ paths, log }));
  return result.ok ? 'ok' : result.message;
}

const WAIT = { timeout: 5000 };
const waitForNames = (port: number, name: string) =>
  vi.waitFor(async () => expect(await certificateNames(port)).toContain(name), WAIT);
const waitForWarning = () => vi.waitFor(() => expect(warnings).toHaveLength(1), WAIT);

async function serve(paths: { cert: string; key: string }) {
  const { options, watch } = createTlsReloader({ paths, log, pollIntervalMs: 10 });
  const server: Server = createServer(options, (_, response) => response.end('hello'));
  const port = await listen(server);
  const stop = watch(server);
  onTestFinished(stop);
  onTestFinished(() => server.closeAllConnections());
  return { port, stop };
}

/** The names in the certificate that a new client verifies. */
function certificateNames(port: number, options: { maxVersion?: 'TLSv1.2' } = {}): Promise<string> {
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

const OLD_TLS = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;

/** The negotiated protocol, or the error code. */
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
  const { port } = await serve(writePair(one));
  expect(await certificateNames(port)).toContain('TLSv1.3 DNS:one.example');
  expect(await certificateNames(port, { maxVersion: 'TLSv1.2' })).toContain('TLSv1.2');
  expect(await outcome(port, OLD_TLS)).toMatch(/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/);
});

it('[TL1] requires forward secrecy and no CBC, after a renewal too', async () => {
  const rsa = () => authority.issueCertificate({ names: ['IP:127.0.0.1'], kind: 'rsa' });
  const { port } = await serve(writePair(rsa()));
  const only = (ciphers: string) => outcome(port, { maxVersion: 'TLSv1.2', ciphers });
  async function expectStrong(): Promise<void> {
    expect(await only('ECDHE-RSA-AES128-GCM-SHA256')).toBe('TLSv1.2');
    expect(await only('ECDHE-RSA-CHACHA20-POLY1305')).toBe('TLSv1.2');
    for (const weak of ['AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES256-SHA384'])
      expect(await only(weak), weak).toMatch(/HANDSHAKE_FAILURE/);
    expect(await outcome(port, OLD_TLS)).toMatch(/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/);
  }
  await expectStrong();
  writePair(rsa());
  await vi.waitFor(() => expect(infos).toEqual(['certificate renewed']), WAIT);
  await expectStrong();
});

it('[TL1] new connections get a new certificate without a restart, and open ones stay', async () => {
  const { port } = await serve(writePair(one));
  const open = connect({ host: '127.0.0.1', port, ca: authority.ca });
  onTestFinished(() => void open.destroy());
  await once(open, 'secureConnect');
  writePair(two);
  await waitForNames(port, 'two.example');
  expect(warnings).toEqual([]);
  open.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const [answer] = await once(open, 'data');
  expect(String(answer)).toContain('200 OK');
});

it('[TL1] follows replaced symbolic links, as of certbot', async () => {
  const paths = { cert: join(folder, 'live-cert.pem'), key: join(folder, 'live-key.pem') };
  for (const [name, pair] of Object.entries({ one, two })) {
    writeFileSync(join(folder, `${name}-cert`), pair.cert);
    writeFileSync(join(folder, `${name}-key`), pair.key);
  }
  const switchLinks = (name: string) => {
    for (const half of ['cert', 'key'] as const) {
      symlinkSync(`${name}-${half}`, join(folder, 'new'));
      renameSync(join(folder, 'new'), paths[half]);
    }
  };
  switchLinks('one');
  const { port } = await serve(paths);
  expect(await certificateNames(port)).toContain('one.example');
  switchLinks('two');
  await waitForNames(port, 'two.example');
});

it('[TL1] a mismatched pair leaves the old one in use, with one warning and no secret in it', async () => {
  const { port } = await serve(writePair(one));
  writePair({ key: two.key });
  await waitForWarning();
  expect(await certificateNames(port)).toContain('one.example');
  expect(JSON.stringify(warnings)).toContain('LAMPBOARD_TLS_KEY');
  expect(JSON.stringify(warnings)).not.toContain('PRIVATE');
  writePair(two);
  await waitForNames(port, 'two.example');
  expect(warnings).toHaveLength(1);
});

it('[TL1] missing files leave the old pair in use', async () => {
  const paths = writePair(one);
  const { port } = await serve(paths);
  rmSync(paths.cert);
  await waitForWarning();
  expect(await certificateNames(port)).toContain('one.example');
});

it('[TL1] stops watching', async () => {
  const stopped = await serve(writePair(one));
  const other = await serve(writePair(one));
  stopped.stop();
  writePair(two);
  await waitForNames(other.port, 'two.example');
  expect(await certificateNames(stopped.port)).toContain('one.example');
  expect(infos).toHaveLength(1);
});

const LOCKED = `-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n`;
it.each([
  [{ key: one.key }, /^LAMPBOARD_TLS_CERT names .* can't be read\.$/],
  [{ cert: one.cert }, /^LAMPBOARD_TLS_KEY names .* can't be read\.$/],
  [{ cert: 'no PEM', key: one.key }, /^LAMPBOARD_TLS_CERT names .* holds no PEM certificate\.$/],
  [{ cert: one.cert, key: LOCKED }, /^LAMPBOARD_TLS_KEY names .* no PEM private key without a passphrase\.$/],
  [{ cert: one.cert, key: two.key }, /^LAMPBOARD_TLS_KEY names .* does not belong to the certificate\.$/],
])('[TL1] an unusable pair stops the start with one line: %#', (pair, line) => {
  expect(messageOf(writePair(pair))).toMatch(line);
});
