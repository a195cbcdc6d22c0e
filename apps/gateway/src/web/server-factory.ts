import { type IncomingMessage, type Server, ServerResponse, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { FastifyServerFactory } from 'fastify';
import type { TlsPaths } from '../config/serving.ts';
import type { Logger } from '../log.ts';
import { StartFault } from '../start-fault.ts';
import type { ConnectionGuard } from './connection-guard.ts';
import { answerRaw } from './raw-answer.ts';
import { openTlsFiles } from './tls-files.ts';

/** Milliseconds; a connection that has not sent so much by then is closed, and looked at every second. */
const OPTIONS = { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000 };
const HANDSHAKE_TIMEOUT_MS = 5000;
/** An answer of which nothing was taken for so many milliseconds is given up. */
const STILL_MS = 20_000;

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
    server.timeout = STILL_MS;
    server.on('clientError', ({ code = '' }: NodeJS.ErrnoException, socket) => {
      // All others are of TLS, or of a connection that is gone: there nobody reads an answer.
      if (/^(?:HPE|ERR_HTTP)_/.test(code)) answerRaw(socket, STATUS[code] ?? 400, headers);
      else socket.destroy();
    });
    guard.watch(server);
    const main = (first ??= server);
    if (main === server) return server;
    server.removeAllListeners('request');
    return server.on('request', (...asked) => main.emit('request', ...asked));
  }

  if (tls === null) {
    return {
      create: (handler) => prepare(createServer(options, handler)),
      reload: () => {},
      close: () => {},
    };
  }
  const files = openTlsFiles({ paths: tls, log, ...(everyMs === undefined ? {} : { everyMs }) });
  if (!files.ok) throw new StartFault(files.message);
  const { options: tlsOptions, follow, reload } = files.value;
  const followed: (() => void)[] = [];
  return {
    create(handler) {
      const server = createTlsServer(
        { ...tlsOptions, ...options, handshakeTimeout: HANDSHAKE_TIMEOUT_MS },
        handler,
      );
      server.once('listening', () => followed.push(follow(server)));
      return prepare(server);
    },
    reload,
    close() {
      for (const unfollow of followed.splice(0)) unfollow();
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
