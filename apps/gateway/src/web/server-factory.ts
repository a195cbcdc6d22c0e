import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { FastifyServerFactory } from 'fastify';
import type { TlsPaths } from '../config/serving.ts';
import type { Logger } from '../log.ts';
import { StartFault } from '../start-fault.ts';
import { openTlsFiles } from './tls-files.ts';

/** A request has to be there in full after so many milliseconds. */
const OPTIONS = { requestTimeout: 10_000 };

/** Makes the server that everything else is served on; `close` ends the watching of its files. */
export interface ServerFactory {
  readonly create: FastifyServerFactory;
  close(): void;
}

/** With `tls` it speaks that itself; throws a {@link StartFault} where the files can't be used. */
export function createServerFactory({ tls, log }: { tls: TlsPaths | null; log: Logger }): ServerFactory {
  if (tls === null) return { create: (handler) => createServer(OPTIONS, handler), close: () => {} };
  const files = openTlsFiles({ paths: tls, log });
  if (!files.ok) throw new StartFault(files.message);
  const { options, follow } = files.value;
  let unfollow = () => {};
  return {
    create(handler) {
      const server = createTlsServer({ ...options, ...OPTIONS }, handler);
      unfollow = follow(server);
      return server;
    },
    close: () => unfollow(),
  };
}
