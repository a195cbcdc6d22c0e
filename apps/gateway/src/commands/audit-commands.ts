import type { AuditLog } from '../audit/audit-log.ts';
import type { Handlers } from './commands.ts';

export function createAuditCommands({
  audit,
}: {
  audit: Pick<AuditLog, 'list'>;
}): Pick<Handlers, 'list-audit'> {
  return { 'list-audit': ({ before }) => ({ ok: true, value: audit.list(before) }) };
}
