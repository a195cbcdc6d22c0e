import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type Server, createServer, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SecureContextOptions, TLSSocket, connect } from 'node:tls';
import { createTestAuthority } from '@lampboard/ami/testing/certificates';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTlsReloader } from './tls-reload.ts';

const authority = createTestAuthority();
const one = authority.issueCertificate({ names: ['DNS:one.example', 'IP:127.0.0.1'] });
const two = authority.issueCertificate({ names: ['DNS:two.example', 'IP:127.0.0.1'] });

const cleanups: (() => void)[] = [];
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
  folder = mkdtempSync(join(tmpdir(), 'lampboard-tls-files-'));
});
afterEach(() => {
  for (const end of cleanups.splice(0).toReversed()) end();
  rmSync(folder, { recursive: true });
});

function writePair(pair: Partial<typeof one>): { cert: string; key: string } {
  const paths = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  if (pair.cert !== undefined) writeFileSync(paths.cert, pair.cert);
  if (pair.key !== undefined) writeFileSync(paths.key, pair.key);
  return paths;
}

function messageOf(paths: { cert: string; key: string }): string {
  const opened = createTlsReloader({ paths, log });
  return opened.ok ? 'ok' : opened.message;
}

async function serve(paths: { cert: string; key: string }) {
  const opened = createTlsReloader({ paths, log, everyMs: 10 });
  if (!opened.ok) throw new Error(opened.message);
  const server: Server = createServer(opened.value.options, (_, response) => response.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = opened.value.watch(server);
  cleanups.push(
    () => server.closeAllConnections(),
    () => server.close(),
    stop,
  );
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no TCP port.');
  return { port: address.port, stop };
}

/** The names in the certificate that a new client is shown, having checked it. */
function certificateNames(
  port: number,
  options: { maxVersion?: 'TLSv1.1' | 'TLSv1.2' } = {},
): Promise<string> {
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
  const { port } = await serve(writePair(one));
  expect(await certificateNames(port)).toContain('TLSv1.3 DNS:one.example');
  expect(await certificateNames(port, { maxVersion: 'TLSv1.2' })).toContain('TLSv1.2');
  expect(await outcome(port, OLD_TLS)).toMatch(/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/);
});

it('[TL1] takes no key exchange without forward secrecy and no CBC, after a renewal too', async () => {
  const rsa = () => authority.issueCertificate({ names: ['IP:127.0.0.1'], kind: 'rsa' });
  const { port } = await serve(writePair(rsa()));
  const only = (ciphers: string) => outcome(port, { maxVersion: 'TLSv1.2', ciphers });
  async function expectStrong(): Promise<void> {
    expect(await only('ECDHE-RSA-AES128-GCM-SHA256')).toBe('TLSv1.2');
    expect(await only('ECDHE-RSA-CHACHA20-POLY1305')).toBe('TLSv1.2');
    for (const weak of ['AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES256-SHA384']) {
      expect(await only(weak), weak).toMatch(/HANDSHAKE_FAILURE/);
    }
    expect(await outcome(port, OLD_TLS)).toMatch(/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/);
  }
  await expectStrong();
  writePair(rsa());
  await vi.waitFor(() => expect(infos).toEqual(['the certificate is renewed']), { timeout: 5000 });
  await expectStrong();
});

it('[TL1] a new certificate reaches new connections without a restart, and open ones stay', async () => {
  const { port } = await serve(writePair(one));
  const open = connect({ host: '127.0.0.1', port, ca: authority.ca });
  cleanups.push(() => open.destroy());
  await new Promise((resolve) => open.once('secureConnect', resolve));
  writePair(two);
  await vi.waitFor(async () => expect(await certificateNames(port)).toContain('two.example'), {
    timeout: 5000,
  });
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
  await vi.waitFor(async () => expect(await certificateNames(port)).toContain('two.example'), {
    timeout: 5000,
  });
});

it('[TL1] a pair that does not fit leaves the old one in use, with one warning and no secret in it', async () => {
  const { port } = await serve(writePair(one));
  writePair({ key: two.key });
  await vi.waitFor(() => expect(warnings).toHaveLength(1), { timeout: 5000 });
  expect(await certificateNames(port)).toContain('one.example');
  expect(JSON.stringify(warnings)).toContain('LAMPBOARD_TLS_KEY');
  expect(JSON.stringify(warnings)).not.toContain('PRIVATE');
  writePair(two);
  await vi.waitFor(async () => expect(await certificateNames(port)).toContain('two.example'), {
    timeout: 5000,
  });
  expect(warnings).toHaveLength(1);
});

it('[TL1] files that are gone leave the old pair in use', async () => {
  const paths = writePair(one);
  const { port } = await serve(paths);
  rmSync(paths.cert);
  await vi.waitFor(() => expect(warnings).toHaveLength(1), { timeout: 5000 });
  expect(await certificateNames(port)).toContain('one.example');
});

it('[TL1] once stopped it looks at the files no more', async () => {
  const stopped = await serve(writePair(one));
  const other = await serve(writePair(one));
  stopped.stop();
  writePair(two);
  // Both would see it at the same time.
  await vi.waitFor(async () => expect(await certificateNames(other.port)).toContain('two.example'), {
    timeout: 5000,
  });
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
])('[TL1] what can’t be served with stops the start with one line: %#', (pair, line) => {
  expect(messageOf(writePair(pair))).toMatch(line);
});
