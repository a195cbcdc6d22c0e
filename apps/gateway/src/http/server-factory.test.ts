import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestAuthority } from '@lampboard/ami/testing/certificates';
import { expect, it, onTestFinished, vi } from 'vitest';
import { StartupError } from '../platform/failure.ts';
import { listen } from '../platform/testing/listen.ts';
import { testFolder } from '../platform/testing/test-folder.ts';
import { createServerFactory } from './server-factory.ts';
import { createTlsReloader } from './tls-reload.ts';

const PLAIN = { headers: {}, guard: { watch: () => {} } };

function recorder() {
  const messages: unknown[] = [];
  return { messages, log: { info: (message: unknown) => void messages.push(message), warn: () => {} } };
}

it('[TL1] renews the certificate of each server, until closed', async () => {
  const authority = createTestAuthority();
  const folder = testFolder();
  const tls = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  function renew(): void {
    const pair = authority.issueCertificate({ names: ['DNS:localhost'] });
    writeFileSync(tls.cert, pair.cert);
    writeFileSync(tls.key, pair.key);
  }
  renew();
  const { messages, log } = recorder();
  const factory = createServerFactory({ ...PLAIN, tls, log, pollIntervalMs: 10 });
  onTestFinished(factory.close);
  for (const server of [factory.create(() => {}, {}), factory.create(() => {}, {})]) await listen(server);
  renew();
  await vi.waitFor(() => expect(messages).toHaveLength(2), { timeout: 5000 });
  factory.close();

  // A second watcher shows when the first would have noticed.
  const other = recorder();
  const tlsReloader = createTlsReloader({ paths: tls, log: other.log, pollIntervalMs: 10 });
  onTestFinished(tlsReloader.watch({ setSecureContext: () => {} }));
  renew();
  await vi.waitFor(() => expect(other.messages).toHaveLength(1), { timeout: 5000 });
  expect(messages).toHaveLength(2);
});

it('[TL1] unusable files stop the start', () => {
  const tls = { cert: '/nowhere/cert.pem', key: '/nowhere/key.pem' };
  const { log } = recorder();
  expect(() => createServerFactory({ ...PLAIN, tls, log })).toThrow(StartupError);
  expect(() => createServerFactory({ ...PLAIN, tls, log })).toThrow(
    /^LAMPBOARD_TLS_CERT names .* can't be read\.$/,
  );
});
