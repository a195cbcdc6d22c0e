import type { Server } from 'node:tls';
import { toConfigResult } from '../config/environment.ts';
import type { TlsPaths } from '../config/serving.ts';
import { readCertificatePair } from '../config/tls-files.ts';
import type { Logger } from '../platform/log.ts';
import { watchFiles } from '../platform/watch-files.ts';

const POLL_INTERVAL_MS = 5000;

interface TlsReloaderOptions {
  paths: TlsPaths;
  log: Logger;
  pollIntervalMs?: number;
}

/** Reads certificate (with its chain) and key, both PEM; throws a {@link StartupError} that names the setting. */
export function createTlsReloader({ paths, log, pollIntervalMs = POLL_INTERVAL_MS }: TlsReloaderOptions) {
  const options = readCertificatePair(paths);
  const reloads = new Set<() => void>();

  function watch(server: Pick<Server, 'setSecureContext'>): () => void {
    let current = options;
    let loggedMessage: string | undefined;

    function reload(): void {
      const read = toConfigResult(() => readCertificatePair(paths));
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

    const stopWatching = watchFiles([paths.cert, paths.key], pollIntervalMs, reload);
    function reloadNow(): void {
      loggedMessage = undefined;
      reload();
    }
    reloads.add(reloadNow);
    return () => {
      reloads.delete(reloadNow);
      stopWatching();
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
