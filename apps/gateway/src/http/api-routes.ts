import type { FastifyInstance } from 'fastify';
import type { Dispatch } from '../auth/dispatcher.ts';
import { sendResult } from './reply.ts';
import type { SessionAuth } from './session-auth.ts';
import { Readable } from 'node:stream';
import { type AuditEntry, canManageAccounts } from '@lampboard/protocol';
import type { AuditLog } from '../audit/audit-log.ts';
import { failure } from '../platform/failure.ts';

const COLUMNS = ['timestamp', 'event', 'actor', 'target', 'address', 'detail'] as const;

/** `GET /api/audit.csv`: the whole audit log, the newest first (RFC 4180). */
export function auditRoutes(
  web: FastifyInstance,
  { audit, sessionAuth }: { audit: AuditLog; sessionAuth: SessionAuth },
): void {
  web.get('/api/audit.csv', (request, reply) => {
    const session = sessionAuth.getSession(request.raw);
    if (session === null) return sendResult(reply, failure('signed-out', 'You are not signed in.'));
    if (!canManageAccounts(session.account)) {
      const { account: actor, address } = session;
      audit.record('refused', { actor, address, detail: 'audit.csv' });
      return sendResult(reply, failure('forbidden', 'Your account may not do this.'));
    }
    return reply
      .type('text/csv; charset=utf-8; header=present')
      .header('content-disposition', 'attachment; filename="lampboard-audit.csv"')
      .send(Readable.from(lines(audit)));
  });
}

function* lines(audit: AuditLog): Generator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for (let page = audit.list(null); page.length > 0; page = audit.list(page.at(-1)?.id ?? 0))
    yield page.map(line).join('');
}

function line(entry: AuditEntry): string {
  const cells = { ...entry, timestamp: new Date(entry.timestamp).toISOString() };
  return `${COLUMNS.map((column) => cell(cells[column] ?? '')).join(',')}\r\n`;
}

/** Puts an apostrophe before texts that spreadsheets take for formulas (OWASP, CSV Injection). */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** `POST /api/commands/<name>`. */
export function commandRoutes(
  web: FastifyInstance,
  { dispatch, sessionAuth }: { dispatch: Dispatch; sessionAuth: SessionAuth },
): void {
  web.post<{ Params: { name: string } }>('/api/commands/:name', async ({ params, body, raw }, reply) =>
    sendResult(reply, await dispatch(params.name, body, sessionAuth.getSession(raw))),
  );
}
