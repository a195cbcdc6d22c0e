import { X509Certificate, createPrivateKey } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { type SecureContextOptions, type Server, createSecureContext } from 'node:tls';
import { type ConfigResult, configError } from '../config/environment.ts';
import { readText } from '../config/secrets.ts';
import type { TlsPaths } from '../config/serving.ts';
import type { Logger } from '../platform/log.ts';

/** How often the files are looked at. They are looked at by their path, so that certbot may turn its links elsewhere. */
const POLL_INTERVAL_MS = 5000;

/** In TLS 1.2 as in 1.3: what was recorded stays secret should the key become known, and there is no CBC. */
const CIPHERS =
  'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20';
const TLS = { minVersion: 'TLSv1.2', ciphers: CIPHERS } as const;

export interface TlsReloader {
  /** What `https.createServer` takes: TLS 1.2 at least, 1.3 where the other end can. */
  readonly options: Readonly<SecureContextOptions>;
  /**
   * From now on new connections to this server get what the files hold; those that are open stay. A pair that can't be
   * used leaves the one before in use, and is one warning in the log. Returns what ends it.
   */
  watch(server: Pick<Server, 'setSecureContext'>): () => void;
  /** Reads the files at once, for every server that follows them. */
  reload(): void;
}

/** Reads certificate (with its chain) and key, both PEM; what is wrong with them is one line that names the setting. */
export function createTlsReloader({
  paths,
  log,
  everyMs = POLL_INTERVAL_MS,
}: {
  paths: TlsPaths;
  log: Logger;
  everyMs?: number;
}): ConfigResult<TlsReloader> {
  const first = readPair(paths);
  if (!first.ok) return first;
  const options = first.value;

  const reloads = new Set<() => void>();

  function watch(server: Pick<Server, 'setSecureContext'>): () => void {
    let current = options;
    /** What the log has been told already. */
    let warned: string | undefined;
    let debounceTimer: NodeJS.Timeout | undefined;

    function reload(): void {
      const read = readPair(paths);
      if (!read.ok) {
        if (read.message !== warned) {
          log.warn({ reason: read.message }, 'the certificate is not renewed; the one before stays in use');
        }
        warned = read.message;
        return;
      }
      warned = undefined;
      if (isSame(current, read.value)) return;
      current = read.value;
      server.setSecureContext(current);
      log.info('the certificate is renewed');
    }

    /** The two files change one after the other; a pair is read once both have had their turn. */
    function scheduleReload(): void {
      clearTimeout(debounceTimer);
      debounceTimer = setTimeout(reload, everyMs).unref();
    }

    const files = [paths.cert, paths.key];
    for (const file of files) watchFile(file, { interval: everyMs, persistent: false }, scheduleReload);
    // What has changed since the first look.
    scheduleReload();
    function reloadNow(): void {
      warned = undefined;
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
    ok: true,
    value: {
      options,
      watch,
      reload() {
        for (const reload of reloads) reload();
      },
    },
  };
}

type CertificatePair = Readonly<{ cert: string; key: string } & typeof TLS>;

function isSame(a: CertificatePair, b: CertificatePair): boolean {
  return a.cert === b.cert && a.key === b.key;
}

function readPair(paths: TlsPaths): ConfigResult<CertificatePair> {
  const cert = readText('LAMPBOARD_TLS_CERT', paths.cert);
  if (!cert.ok) return cert;
  const key = readText('LAMPBOARD_TLS_KEY', paths.key);
  if (!key.ok) return key;
  const certificate = tryOrNull(() => new X509Certificate(cert.value));
  if (certificate === null)
    return configError(`LAMPBOARD_TLS_CERT names ${paths.cert}, which holds no PEM certificate.`);
  const privateKey = tryOrNull(() => createPrivateKey(key.value));
  if (privateKey === null) {
    return configError(
      `LAMPBOARD_TLS_KEY names ${paths.key}, which holds no PEM private key without a passphrase.`,
    );
  }
  if (!certificate.checkPrivateKey(privateKey)) {
    return configError(`LAMPBOARD_TLS_KEY names ${paths.key}, which does not belong to the certificate.`);
  }
  const pair: CertificatePair = { cert: cert.value, key: key.value, ...TLS };
  // Such as a chain that is cut off in the middle, or a key that is too short for OpenSSL.
  return tryOrNull(() => createSecureContext(pair)) === null
    ? configError(`LAMPBOARD_TLS_CERT names ${paths.cert}, which can't be used for TLS.`)
    : { ok: true, value: pair };
}

/** What OpenSSL says of a key is not for the log. */
function tryOrNull<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
