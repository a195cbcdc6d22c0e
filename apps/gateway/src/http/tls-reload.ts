import { X509Certificate, createPrivateKey } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { type Server, createSecureContext } from 'node:tls';
import { configError, toConfigResult } from '../config/environment.ts';
import { readText } from '../config/secrets.ts';
import type { TlsPaths } from '../config/serving.ts';
import { tryOr } from '../platform/failure.ts';
import type { Logger } from '../platform/log.ts';

/** Interval of checking the files; by path, since certbot replaces symbolic links. */
const POLL_INTERVAL_MS = 5000;

/** Forward secrecy and no CBC, in TLS 1.2 as well. */
const CIPHERS =
  'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20';
const TLS = { minVersion: 'TLSv1.2', ciphers: CIPHERS } as const;

interface TlsReloaderOptions {
  paths: TlsPaths;
  log: Logger;
  pollIntervalMs?: number;
}

/** Reads certificate (with its chain) and key, both PEM; throws a {@link StartupError} that names the setting. */
export function createTlsReloader({ paths, log, pollIntervalMs = POLL_INTERVAL_MS }: TlsReloaderOptions) {
  const options = readPair(paths);
  const reloads = new Set<() => void>();

  function watch(server: Pick<Server, 'setSecureContext'>): () => void {
    let current = options;
    let loggedMessage: string | undefined;
    let debounceTimer: NodeJS.Timeout | undefined;

    function reload(): void {
      const read = toConfigResult(() => readPair(paths));
      if (!read.ok) {
        if (read.message !== loggedMessage)
          log.warn({ reason: read.message }, 'certificate not renewed; the previous one stays in use');
        loggedMessage = read.message;
        return;
      }
      loggedMessage = undefined;
      if (current.cert === read.value.cert && current.key === read.value.key) return;
      current = read.value;
      server.setSecureContext(current);
      log.info('certificate renewed');
    }

    /** The two files change one after the other. */
    function scheduleReload(): void {
      clearTimeout(debounceTimer);
      debounceTimer = setTimeout(reload, pollIntervalMs).unref();
    }

    const files = [paths.cert, paths.key];
    for (const file of files)
      watchFile(file, { interval: pollIntervalMs, persistent: false }, scheduleReload);
    // The files may have changed since they were first read.
    scheduleReload();
    function reloadNow(): void {
      loggedMessage = undefined;
      reload();
    }
    reloads.add(reloadNow);
    return () => {
      reloads.delete(reloadNow);
      for (const file of files) unwatchFile(file, scheduleReload);
      clearTimeout(debounceTimer);
    };
  }

  return {
    /** For `https.createServer`: TLS 1.2 or 1.3. */
    options,
    /** Applies changed files to new connections; logs an unusable pair once and keeps the old one. Returns the stop. */
    watch,
    /** Reads the files again, for all watched servers. */
    reload() {
      for (const reload of reloads) reload();
    },
  };
}

type CertificatePair = Readonly<{ cert: string; key: string } & typeof TLS>;

function readPair(paths: TlsPaths): CertificatePair {
  const cert = readText('LAMPBOARD_TLS_CERT', paths.cert);
  const key = readText('LAMPBOARD_TLS_KEY', paths.key);
  const certificate = tryOr(() => new X509Certificate(cert), null);
  if (certificate === null)
    return configError(`LAMPBOARD_TLS_CERT names ${paths.cert}, which holds no PEM certificate.`);
  // OpenSSL's errors about a key are not logged.
  const privateKey = tryOr(() => createPrivateKey(key), null);
  if (privateKey === null)
    return configError(
      `LAMPBOARD_TLS_KEY names ${paths.key}, which holds no PEM private key without a passphrase.`,
    );
  if (!certificate.checkPrivateKey(privateKey))
    configError(`LAMPBOARD_TLS_KEY names ${paths.key}, which does not belong to the certificate.`);
  const pair: CertificatePair = { cert, key, ...TLS };
  // Such as a truncated chain, or a key that is too short for OpenSSL.
  if (tryOr(() => createSecureContext(pair), null) === null)
    configError(`LAMPBOARD_TLS_CERT names ${paths.cert}, which can't be used for TLS.`);
  return pair;
}
