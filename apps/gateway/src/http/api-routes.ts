import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Dispatch } from '../auth/dispatcher.ts';
import { sendResult } from './reply.ts';
import type { SessionAuth } from './session-auth.ts';
import { Readable } from 'node:stream';
import { type AuditEntry, LARGE_COMMANDS, canManageAccounts, formatCsvLine } from '@lampboard/protocol';
import { MAX_BODY_BYTES } from './http-app.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { failure } from '../platform/failure.ts';

const SIGNED_OUT = failure('signed-out', 'You are not signed in.');
const COLUMNS = ['timestamp', 'event', 'actor', 'target', 'address', 'detail'] as const;

/** `GET /api/audit.csv`: the whole audit log, the newest first (RFC 4180). */
export function auditRoutes(
  web: FastifyInstance,
  { audit, sessionAuth }: { audit: AuditLog; sessionAuth: SessionAuth },
): void {
  adminCsvRoute(web, { name: 'audit', lines: () => lines(audit), audit, sessionAuth });
}

function* lines(audit: AuditLog): Generator<string> {
  yield formatCsvLine(COLUMNS);
  for (let page = audit.list(null); page.length > 0; page = audit.list(page.at(-1)?.id ?? 0))
    yield page.map(line).join('');
}

function line(entry: AuditEntry): string {
  const cells = { ...entry, timestamp: new Date(entry.timestamp).toISOString() };
  return formatCsvLine(COLUMNS.map((column) => cells[column] ?? ''));
}

/** `POST /api/commands/<name>`; large ones of administrators only, since bodies of others could fill the memory. */
export function commandRoutes(
  web: FastifyInstance,
  { dispatch, sessionAuth }: { dispatch: Dispatch; sessionAuth: SessionAuth },
): void {
  web.post<{ Params: { name: string } }>('/api/commands/:name', ({ params, body, raw }, reply) =>
    run(params.name, body, raw, reply),
  );
  for (const [name, bodyLimit] of Object.entries(LARGE_COMMANDS)) {
    web.post(`/api/commands/${name}`, {
      bodyLimit,
      async onRequest({ raw, headers }, reply) {
        if (Number(headers['content-length']) <= MAX_BODY_BYTES) return undefined;
        const session = sessionAuth.getSession(raw);
        if (session !== null && canManageAccounts(session.account)) return undefined;
        return reply.code(413).send(failure('invalid', 'The command is too large. Nothing was changed.'));
      },
      handler: ({ body, raw }, reply) => run(name, body, raw, reply),
    });
  }

  async function run(name: string, body: unknown, raw: IncomingMessage, reply: FastifyReply) {
    return sendResult(reply, await dispatch(name, body, sessionAuth.getSession(raw)));
  }
}

/** The name of a photo is its hash, so its content never changes; a browser that is signed out forgets it within a day. */
const PHOTO_CACHE = 'private, max-age=86400, immutable';

export interface DirectoryRoutesOptions {
  directoryService: {
    exportCsv(): Iterable<string>;
    photo(hash: string): { readonly bytes: Uint8Array; readonly type: string } | null;
  };
  audit: Pick<AuditLog, 'record'>;
  sessionAuth: Pick<SessionAuth, 'getSession'>;
}

/** `GET /api/directory.csv`, for administrators, and `GET /api/photos/<hash>`, for every account. */
export function directoryRoutes(web: FastifyInstance, options: DirectoryRoutesOptions): void {
  const { directoryService, audit, sessionAuth } = options;

  adminCsvRoute(web, { name: 'directory', lines: directoryService.exportCsv, audit, sessionAuth });

  web.get<{ Params: { hash: string } }>('/api/photos/:hash', ({ params, raw }, reply) => {
    if (sessionAuth.getSession(raw) === null) return sendResult(reply, SIGNED_OUT);
    const photo = directoryService.photo(params.hash);
    if (photo === null) return reply.code(404).send({ status: 'not found' });
    return reply.type(photo.type).header('cache-control', PHOTO_CACHE).send(Buffer.from(photo.bytes));
  });
}

interface AdminCsvOptions {
  /** Names the path, and the file that a browser saves. */
  name: string;
  lines: () => Iterable<string>;
  audit: Pick<AuditLog, 'record'>;
  sessionAuth: Pick<SessionAuth, 'getSession'>;
}

/** `GET /api/<name>.csv`, for administrators (RFC 4180); access by others is denied and recorded. */
function adminCsvRoute(web: FastifyInstance, { name, lines, audit, sessionAuth }: AdminCsvOptions): void {
  web.get(`/api/${name}.csv`, (request, reply) => {
    const session = sessionAuth.getSession(request.raw);
    if (session === null) return sendResult(reply, SIGNED_OUT);
    if (!canManageAccounts(session.account)) {
      const { account: actor, address } = session;
      audit.record('refused', { actor, address, detail: `${name}.csv` });
      return sendResult(reply, failure('forbidden', 'Your account may not do this.'));
    }
    return reply
      .type('text/csv; charset=utf-8; header=present')
      .header('content-disposition', `attachment; filename="lampboard-${name}.csv"`)
      .send(Readable.from(lines()));
  });
}
