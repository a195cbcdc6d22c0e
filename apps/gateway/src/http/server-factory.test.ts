import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestAuthority } from '@lampboard/ami/testing/certificates';
import { expect, it, vi } from 'vitest';
import { StartupError } from '../platform/failure.ts';
import { createServerFactory } from './server-factory.ts';
import { createTlsReloader } from './tls-reload.ts';

const PLAIN = { headers: {}, guard: { watch: () => {} } };

function recorder() {
  const messages: unknown[] = [];
  return { messages, log: { info: (message: unknown) => void messages.push(message), warn: () => {} } };
}

it('[TL1] renews the certificate of each server that it made, and looks no more once closed', async () => {
  const authority = createTestAuthority();
  const folder = mkdtempSync(join(tmpdir(), 'lampboard-server-'));
  const tls = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  function renew(): void {
    const pair = authority.issueCertificate({ names: ['DNS:localhost'] });
    writeFileSync(tls.cert, pair.cert);
    writeFileSync(tls.key, pair.key);
  }
  renew();
  const { messages, log } = recorder();
  const factory = createServerFactory({ ...PLAIN, tls, log, everyMs: 10 });
  const servers = [factory.create(() => {}, {}), factory.create(() => {}, {})];
  const cleanups: (() => void)[] = [];
  try {
    for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening');
    renew();
    await vi.waitFor(() => expect(messages).toHaveLength(2), { timeout: 5000 });
    factory.close();

    // One that still looks tells when the others would have seen it.
    const other = recorder();
    const tlsReloader = createTlsReloader({ paths: tls, log: other.log, everyMs: 10 });
    if (!tlsReloader.ok) throw new Error(tlsReloader.message);
    cleanups.push(tlsReloader.value.watch({ setSecureContext: () => {} }));
    renew();
    await vi.waitFor(() => expect(other.messages).toHaveLength(1), { timeout: 5000 });
    expect(messages).toHaveLength(2);
  } finally {
    for (const end of cleanups) end();
    factory.close();
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true });
  }
});

it('[TL1] files that can’t be used are a fault of the start', () => {
  const tls = { cert: '/nowhere/cert.pem', key: '/nowhere/key.pem' };
  const { log } = recorder();
  expect(() => createServerFactory({ ...PLAIN, tls, log })).toThrow(StartupError);
  expect(() => createServerFactory({ ...PLAIN, tls, log })).toThrow(
    /^LAMPBOARD_TLS_CERT names .* can't be read\.$/,
  );
});
