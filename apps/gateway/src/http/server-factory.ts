import { type IncomingMessage, type Server, ServerResponse, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { FastifyServerFactory } from 'fastify';
import type { TlsPaths } from '../config/serving.ts';
import type { Logger } from '../platform/log.ts';
import { StartupError } from '../platform/failure.ts';
import type { ConnectionGuard } from './connection-guard.ts';
import { sendRawResponse } from '../platform/raw-response.ts';
import { createTlsReloader } from './tls-reload.ts';

/** Milliseconds; a connection that has not sent so much by then is closed, and looked at every second. */
const OPTIONS = { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000 };
const HANDSHAKE_TIMEOUT_MS = 5000;
/** An answer of which nothing was taken for so many milliseconds is given up. */
const SOCKET_IDLE_TIMEOUT_MS = 20_000;

/** Status of what breaks before there is a request (https://nodejs.org/api/http.html#event-clienterror). */
const STATUS: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/** Makes the servers that everything else is served on; `close` ends the watching of their files. */
export interface ServerFactory {
  readonly create: FastifyServerFactory;
  /** Reads certificate and key again, at once. */
  reload(): void;
  close(): void;
}

/**
 * With `tls` they speak that themselves; throws a {@link StartFault} where the files can't be used. Every answer has
 * `headers`, whoever writes it.
 */
export function createServerFactory({
  tls,
  headers,
  guard,
  log,
  everyMs,
}: {
  tls: TlsPaths | null;
  headers: Readonly<Record<string, string>>;
  guard: Pick<ConnectionGuard, 'watch'>;
  log: Logger;
  everyMs?: number;
}): ServerFactory {
  const options = { ...OPTIONS, ServerResponse: responseWith(headers) };

  /** Fastify makes two servers for `localhost`, which is two addresses: what is attached to the first serves both. */
  let first: Server | null = null;

  function prepare(server: Server): Server {
    server.timeout = SOCKET_IDLE_TIMEOUT_MS;
    server.on('clientError', ({ code = '' }: NodeJS.ErrnoException, socket) => {
      // All others are of TLS, or of a connection that is gone: there nobody reads an answer.
      if (/^(?:HPE|ERR_HTTP)_/.test(code)) sendRawResponse(socket, STATUS[code] ?? 400, headers);
      else socket.destroy();
    });
    guard.watch(server);
    const main = (first ??= server);
    if (main === server) return server;
    server.removeAllListeners('request');
    return server.on('request', (...args) => main.emit('request', ...args));
  }

  if (tls === null) {
    return {
      create: (handler) => prepare(createServer(options, handler)),
      reload: () => {},
      close: () => {},
    };
  }
  const tlsReloader = createTlsReloader({ paths: tls, log, ...(everyMs === undefined ? {} : { everyMs }) });
  if (!tlsReloader.ok) throw new StartupError(tlsReloader.message);
  const { options: tlsOptions, watch, reload } = tlsReloader.value;
  const stopWatching: (() => void)[] = [];
  return {
    create(handler) {
      const server = createTlsServer(
        { ...tlsOptions, ...options, handshakeTimeout: HANDSHAKE_TIMEOUT_MS },
        handler,
      );
      server.once('listening', () => stopWatching.push(watch(server)));
      return prepare(server);
    },
    reload,
    close() {
      for (const stop of stopWatching.splice(0)) stop();
    },
  };
}

function responseWith(headers: Readonly<Record<string, string>>): typeof ServerResponse {
  return class<Request extends IncomingMessage> extends ServerResponse<Request> {
    constructor(request: Request) {
      super(request);
      this.setHeaders(new Headers(headers));
    }
  };
}
