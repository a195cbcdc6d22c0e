import type { AuditEvent } from '@lampboard/protocol';
import { createAuditLog } from '../audit/audit-log.ts';
import { renamedText, settingsText } from '../audit/audited.ts';
import type { Identity } from '../identity.ts';

const EVENTS = new Map<string, AuditEvent>([
  ['add', 'account-added'],
  ['change', 'account-changed'],
  ['rename', 'account-renamed'],
  ['disable', 'account-changed'],
  ['enable', 'account-changed'],
  ['remove', 'account-removed'],
  ['unlock', 'account-unlocked'],
  ['set-password', 'password-set'],
]);

/** Records a command that was carried out; the gateway's log is not at hand here. */
export function auditCommandLine(
  { store: { db }, writer, accounts }: Pick<Identity, 'store' | 'writer' | 'accounts'>,
  {
    command = '',
    name = '',
    newName,
  }: { command: string | undefined; name: string | undefined; newName: string | undefined },
): void {
  const event = EVENTS.get(command);
  if (event === undefined) return;
  const now = Date.now;
  const audit = createAuditLog({ db, writer, now, retentionNow: now, keepMs: 0, log: { info() {} } });
  const account = accounts.find(newName ?? name);
  const settings = account === null ? '' : ` ${settingsText(account)}`;
  const about = newName === undefined ? (account?.name ?? name) : renamedText(name, newName);
  audit.record(event, { by: null, about, detail: `command line${settings}` });
}
