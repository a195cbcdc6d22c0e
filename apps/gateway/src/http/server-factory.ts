import { type IncomingMessage, type Server, ServerResponse, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { FastifyServerFactory } from 'fastify';
import type { TlsPaths } from '../config/serving.ts';
import type { Logger } from '../platform/log.ts';
import type { ConnectionLimiter } from './connection-limiter.ts';
import { sendRawResponse } from '../platform/raw-response.ts';
import { createTlsReloader } from './tls-reload.ts';

/** Milliseconds. */
const OPTIONS = { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000 };
const HANDSHAKE_TIMEOUT_MS = 5000;
/** A response that makes no progress for this time is aborted. */
const SOCKET_IDLE_TIMEOUT_MS = 20_000;

/** Status of errors without a request (https://nodejs.org/api/http.html#event-clienterror). */
const STATUS: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

interface ServerFactoryOptions {
  tls: TlsPaths | null;
  headers: Readonly<Record<string, string>>;
  guard: Pick<ConnectionLimiter, 'watch'>;
  log: Logger;
  pollIntervalMs?: number;
}

/** Creates HTTP or TLS servers with `headers` on every response; throws if certificate or key can't be used. */
export function createServerFactory({ tls, headers, guard, ...options }: ServerFactoryOptions) {
  const serverOptions = { ...OPTIONS, ServerResponse: responseWith(headers) };

  /** Fastify creates two servers for `localhost`, one per address; the first handles the requests of both. */
  let first: Server | null = null;

  function prepare(server: Server): Server {
    server.timeout = SOCKET_IDLE_TIMEOUT_MS;
    server.on('clientError', ({ code = '' }: NodeJS.ErrnoException, socket) => {
      // Others are of TLS or of a closed connection, where no response can be read.
      if (/^(?:HPE|ERR_HTTP)_/.test(code)) sendRawResponse(socket, STATUS[code] ?? 400, headers);
      else socket.destroy();
    });
    guard.watch(server);
    const main = (first ??= server);
    if (main === server) return server;
    server.removeAllListeners('request');
    return server.on('request', (...args) => main.emit('request', ...args));
  }

  const tlsReloader = tls === null ? null : createTlsReloader({ ...options, paths: tls });
  const stopWatching: (() => void)[] = [];
  const create: FastifyServerFactory = (handler) => {
    if (tlsReloader === null) return prepare(createServer(serverOptions, handler));
    const tlsOptions = { ...tlsReloader.options, handshakeTimeout: HANDSHAKE_TIMEOUT_MS };
    const server = createTlsServer({ ...tlsOptions, ...serverOptions }, handler);
    server.once('listening', () => stopWatching.push(tlsReloader.watch(server)));
    return prepare(server);
  };
  return {
    create,
    /** Reads certificate and key again. */
    reload: () => tlsReloader?.reload(),
    /** Stops watching certificate and key. */
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
