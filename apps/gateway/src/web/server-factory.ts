import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { FastifyServerFactory } from 'fastify';
import type { TlsPaths } from '../config/serving.ts';
import type { Logger } from '../log.ts';
import { StartFault } from '../start-fault.ts';
import { openTlsFiles } from './tls-files.ts';

/** A request has to be there in full after so many milliseconds. */
const OPTIONS = { requestTimeout: 10_000 };

/** Makes the servers that everything else is served on; `close` ends the watching of their files. */
export interface ServerFactory {
  readonly create: FastifyServerFactory;
  close(): void;
}

/** With `tls` they speak that themselves; throws a {@link StartFault} where the files can't be used. */
export function createServerFactory({
  tls,
  log,
  everyMs,
}: {
  tls: TlsPaths | null;
  log: Logger;
  everyMs?: number;
}): ServerFactory {
  if (tls === null) return { create: (handler) => createServer(OPTIONS, handler), close: () => {} };
  const files = openTlsFiles({ paths: tls, log, ...(everyMs === undefined ? {} : { everyMs }) });
  if (!files.ok) throw new StartFault(files.message);
  const { options, follow } = files.value;
  /** Fastify makes two servers for `localhost`, which is two addresses. */
  const followed: (() => void)[] = [];
  return {
    create(handler) {
      const server = createTlsServer({ ...options, ...OPTIONS }, handler);
      return server.once('listening', () => followed.push(follow(server)));
    },
    close() {
      for (const unfollow of followed.splice(0)) unfollow();
    },
  };
}
