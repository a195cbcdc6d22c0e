import { Readable } from 'node:stream';
import { type AuditEntry, mayManageAccounts } from '@lampboard/protocol';
import type { FastifyInstance } from 'fastify';
import type { AuditLog } from '../audit/audit-log.ts';
import { refuse } from '../refuse.ts';
import { sendAnswer } from './answer.ts';
import type { SessionBorder } from './session-border.ts';

const COLUMNS = ['at', 'event', 'by', 'about', 'address', 'detail'] as const;

/** `GET /api/audit.csv`: the whole audit log for administrators, the newest first (RFC 4180). */
export function auditRoutes(
  web: FastifyInstance,
  { audit, border }: { audit: AuditLog; border: SessionBorder },
): void {
  web.get('/api/audit.csv', (request, reply) => {
    const session = border.of(request.raw);
    if (session === null) return sendAnswer(reply, refuse('signed-out', 'Nobody is signed in here.'));
    if (!mayManageAccounts(session.account)) {
      const { account: by, address } = session;
      audit.record('refused', { by, address, detail: 'audit.csv' });
      return sendAnswer(reply, refuse('forbidden', 'Your account may not do this.'));
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
  const cells = { ...entry, at: new Date(entry.at).toISOString() };
  return `${COLUMNS.map((column) => cell(cells[column] ?? '')).join(',')}\r\n`;
}

/** A text that a spreadsheet would take for a formula is given an apostrophe (OWASP, CSV Injection). */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
