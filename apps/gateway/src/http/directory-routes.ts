import { Readable } from 'node:stream';
import { canManageAccounts } from '@lampboard/protocol';
import type { FastifyInstance } from 'fastify';
import type { AuditLog } from '../audit/audit-log.ts';
import { failure } from '../platform/failure.ts';
import { sendResult } from './reply.ts';
import type { SessionAuth } from './session-auth.ts';

/** The name of a photo is its hash, so its content never changes; a browser that is signed out forgets it within a day. */
const PHOTO_CACHE = 'private, max-age=86400, immutable';
const SIGNED_OUT = failure('signed-out', 'You are not signed in.');

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

  web.get('/api/directory.csv', (request, reply) => {
    const session = sessionAuth.getSession(request.raw);
    if (session === null) return sendResult(reply, SIGNED_OUT);
    if (!canManageAccounts(session.account)) {
      const { account: actor, address } = session;
      audit.record('refused', { actor, address, detail: 'directory.csv' });
      return sendResult(reply, failure('forbidden', 'Your account may not do this.'));
    }
    return reply
      .type('text/csv; charset=utf-8; header=present')
      .header('content-disposition', 'attachment; filename="lampboard-directory.csv"')
      .send(Readable.from(directoryService.exportCsv()));
  });

  web.get<{ Params: { hash: string } }>('/api/photos/:hash', ({ params, raw }, reply) => {
    if (sessionAuth.getSession(raw) === null) return sendResult(reply, SIGNED_OUT);
    const photo = directoryService.photo(params.hash);
    if (photo === null) return reply.code(404).send({ status: 'not found' });
    return reply.type(photo.type).header('cache-control', PHOTO_CACHE).send(Buffer.from(photo.bytes));
  });
}
