import { type CommandName, type CommandRequest, type AuditEvent, parseRequest } from '@lampboard/protocol';
import type { Accounts } from '../accounts/accounts.ts';
import type { SignIn, SignInResult } from '../accounts/sign-in.ts';
import type { Dispatch } from '../commands/commands.ts';
import type { AuditLog } from './audit-log.ts';

interface Told {
  readonly event: AuditEvent;
  readonly about?: string;
  readonly detail?: string;
}

/** What is told of a command that was carried out, by its request. */
const COMMANDS = new Map<string, (request: unknown) => Told | null>([
  told('end-session', ({ account }) => ({ event: 'sessions-ended', about: account, detail: 'one' })),
  told('end-sessions', ({ account }) => ({ event: 'sessions-ended', about: account, detail: 'all' })),
  told('change-password', () => ({ event: 'password-changed' })),
  told('add-account', ({ name, settings }) => ({
    event: 'account-added',
    about: name,
    detail: settingsText(settings),
  })),
  told('change-account', ({ account, name = account, settings }) =>
    name === account
      ? { event: 'account-changed', about: account, detail: settingsText(settings) }
      : { event: 'account-renamed', about: renamedText(account, name), detail: settingsText(settings) },
  ),
  told('set-password', ({ account }) => ({ event: 'password-set', about: account })),
  told('remove-account', ({ account }) => ({ event: 'account-removed', about: account })),
  told('save-site-template', () => ({ event: 'site-templates-changed', detail: 'saved' })),
  told('remove-site-template', () => ({ event: 'site-templates-changed', detail: 'removed' })),
]);

function told<N extends CommandName>(name: N, tell: (request: CommandRequest<N>) => Told) {
  return [
    name,
    (raw: unknown) => {
      const request = parseRequest(name, raw);
      return request === null ? null : tell(request);
    },
  ] as const;
}

/** The old name and the new one; both are of no log line. */
export const renamedText = (name: string, newName: string) => `${name} → ${newName}`;

export function settingsText({
  role,
  extensions,
  disabled,
}: {
  role: string;
  extensions: readonly string[];
  disabled: boolean;
}): string {
  return [role, ...extensions, ...(disabled ? ['disabled'] : [])].join(' ');
}

/** The same, with what administrators and the security of accounts have to do with in the audit log. */
export function auditCommands(dispatch: Dispatch, audit: AuditLog): Dispatch {
  return async (name, request, session) => {
    const reply = await dispatch(name, request, session);
    if (session === null) return reply;
    const { account: by, address } = session;
    if (reply.ok) {
      const said = COMMANDS.get(name)?.(request) ?? null;
      if (said !== null) audit.record(said.event, { by, address, ...said });
    } else if (reply.code === 'forbidden') audit.record('refused', { by, address, detail: name });
    else if (reply.code === 'too-many') audit.record('throttled', { by, address, detail: name });
    else if (reply.code === 'wrong-credentials')
      audit.record('sign-in-refused', { by, address, detail: `${name} ${reply.code}` });
    return reply;
  };
}

/** The same, with who signed in, how, and who did not. A name that no account has may be a password, and is not kept. */
export function auditSignIns(signIn: SignIn, accounts: Pick<Accounts, 'find'>, audit: AuditLog): SignIn {
  function audited(result: SignInResult, name: string, way: string, address: string): SignInResult {
    if (result.ok) audit.record('signed-in', { by: result.account, address, detail: way });
    else {
      const about = accounts.find(name.trim())?.name ?? null;
      const event = result.code === 'too-many' ? 'throttled' : 'sign-in-refused';
      audit.record(event, { by: null, about, address, detail: `${way} ${result.code}` });
    }
    return result;
  }
  return {
    ...signIn,
    byPassword: async (name, password, address) =>
      audited(await signIn.byPassword(name, password, address), name, 'password', address),
    asDemo: (name, address) => audited(signIn.asDemo(name, address), name, 'demo', address),
  };
}
