import {
  type AccountSettings,
  type AuditEvent,
  type CommandName,
  type CommandRequest,
  type DirectoryPatch,
  type Failure,
  LIMIT_KINDS,
  type Limits,
  parseRequest,
} from '@lampboard/protocol';
import type { Accounts } from '../auth/accounts.ts';
import type { InvitationSignIn } from '../auth/invitation-sign-in.ts';
import type { SignIn, SignInResult } from '../auth/sign-in.ts';
import type { Dispatch } from '../auth/dispatcher.ts';
import type { AuditLog } from './audit-log.ts';

interface AuditDescription {
  readonly event: AuditEvent;
  readonly target?: string;
  readonly detail?: string;
}

/** Audited commands, described by their requests. */
const AUDITED_COMMANDS = new Map<string, (request: unknown) => readonly AuditDescription[]>([
  describe('revoke-session', ({ account }) => ({ event: 'sessions-ended', target: account, detail: 'one' })),
  describe('revoke-sessions', ({ account }) => ({ event: 'sessions-ended', target: account, detail: 'all' })),
  describe('change-password', () => ({ event: 'password-changed' })),
  describe('add-account', ({ name, settings }) => ({
    event: 'account-added',
    target: name,
    detail: settingsText(settings),
  })),
  describe('change-account', ({ account, name = account, settings }) =>
    name === account
      ? { event: 'account-changed', target: account, detail: settingsText(settings) }
      : { event: 'account-renamed', target: renamedText(account, name), detail: settingsText(settings) }),
  describe('set-password', ({ account }) => ({ event: 'password-set', target: account })),
  describe('remove-account', ({ account }) => ({ event: 'account-removed', target: account })),
  describe('add-invited-accounts', ({ accounts }) =>
    accounts.map(({ name, settings }) => ({
      event: 'account-added',
      target: name,
      detail: `${settingsText(settings)} invited`,
    }))),
  describe('invite-accounts', ({ accounts }) => accounts.map((target) => ({ event: 'invited', target }))),
  describe('revoke-invitation', ({ account }) => ({ event: 'invitation-revoked', target: account })),
  describe('save-directory-entry', ({ id, patch }) => ({
    event: 'directory-changed',
    target: id,
    detail: patchText(patch),
  })),
  describe('set-directory-photo', ({ id }) => ({ event: 'directory-changed', target: id, detail: 'photo' })),
  describe('import-directory', () => ({ event: 'directory-changed', detail: 'import' })),
  describe('save-site-template', () => ({ event: 'site-templates-changed', detail: 'saved' })),
  describe('remove-site-template', () => ({ event: 'site-templates-changed', detail: 'removed' })),
]);

function describe<N extends CommandName>(
  name: N,
  describeRequest: (request: CommandRequest<N>) => AuditDescription | readonly AuditDescription[],
) {
  return [
    name,
    (raw: unknown) => {
      const request = parseRequest(name, raw);
      return request === null ? [] : [describeRequest(request)].flat();
    },
  ] as const;
}

export const renamedText = (name: string, newName: string) => `${name} → ${newName}`;

/** Returns the names of the fields, with a minus for those taken back. */
function patchText(patch: DirectoryPatch): string {
  const fields = Object.entries(patch).filter(([, value]) => value !== undefined);
  return fields.map(([field, value]) => (value === null ? `-${field}` : field)).join(' ');
}

export function settingsText({ role, extensions, limits, disabled }: AccountSettings): string {
  return [role, ...extensions, ...limitTexts(limits), ...(disabled ? ['disabled'] : [])].join(' ');
}

const LIMIT_NAMES = { pbxs: 'pbx', contexts: 'context', departments: 'department' } as const;

/** Returns a text such as `department="Customer Care"` for each value. */
export function limitTexts(limits: Limits | null | undefined): string[] {
  const quoted = (value: string) => (/[\s"]/u.test(value) ? JSON.stringify(value) : value);
  return LIMIT_KINDS.flatMap((kind) =>
    (limits?.[kind] ?? []).map((value) => `${LIMIT_NAMES[kind]}=${quoted(value)}`),
  );
}

type SignInMethod = 'password' | 'demo' | 'invitation';

interface RecordOptions {
  accounts: Pick<Accounts, 'find'>;
  audit: AuditLog;
  metrics: {
    command(name: string, result: string): void;
    signIn(method: SignInMethod, result: string): void;
  };
}

/** Counts commands; audits those that concern the security of accounts, and rejected ones. */
export function recordCommands(dispatch: Dispatch, { audit, metrics }: RecordOptions): Dispatch {
  return async (name, request, session) => {
    const reply = await dispatch(name, request, session);
    metrics.command(name, reply.ok ? 'ok' : reply.code);
    if (session === null) return reply;
    const { account: actor, address } = session;
    if (reply.ok) {
      for (const description of AUDITED_COMMANDS.get(name)?.(request) ?? [])
        audit.record(description.event, { actor, address, ...description });
    } else if (reply.code === 'forbidden') audit.record('refused', { actor, address, detail: name });
    else if (reply.code === 'too-many') audit.record('throttled', { actor, address, detail: name });
    else if (reply.code === 'wrong-credentials')
      audit.record('sign-in-refused', { actor, address, detail: `${name} ${reply.code}` });
    return reply;
  };
}

/** Counts and audits sign-ins. A name that no account has may be a password, and is not recorded. */
export function recordSignIns(signIn: SignIn, { accounts, audit, metrics }: RecordOptions): SignIn {
  function recordResult(
    result: SignInResult,
    name: string,
    method: SignInMethod,
    address: string,
  ): SignInResult {
    metrics.signIn(method, result.ok ? 'ok' : result.code);
    if (result.ok) audit.record('signed-in', { actor: result.account, address, detail: method });
    else {
      const target = accounts.find(name.trim())?.name ?? null;
      const event = result.code === 'too-many' ? 'throttled' : 'sign-in-refused';
      audit.record(event, { actor: null, target, address, detail: `${method} ${result.code}` });
    }
    return result;
  }
  return {
    ...signIn,
    byPassword: async (name, password, address) =>
      recordResult(await signIn.byPassword(name, password, address), name, 'password', address),
    asDemo: (name, address) => recordResult(signIn.asDemo(name, address), name, 'demo', address),
  };
}

/** Counts and audits uses of invitations. */
export function recordInvitations(
  invitations: InvitationSignIn,
  { audit, metrics }: Pick<RecordOptions, 'audit' | 'metrics'>,
): InvitationSignIn {
  function recordFailure(code: Failure['code'], address: string): void {
    metrics.signIn('invitation', code);
    if (code !== 'too-many' && code !== 'invalid-invitation') return;
    const event = code === 'too-many' ? 'throttled' : 'sign-in-refused';
    audit.record(event, { actor: null, address, detail: `invitation ${code}` });
  }
  return {
    async check(token, address) {
      const checked = await invitations.check(token, address);
      if (!checked.ok) recordFailure(checked.code, address);
      return checked;
    },
    async accept(request, openSession) {
      const { address } = request;
      const accepted = await invitations.accept(request, (actor) => {
        const session = openSession(actor);
        return { actor, session };
      });
      if (!accepted.ok) {
        recordFailure(accepted.code, address);
        return accepted;
      }
      const { actor, session } = accepted.value;
      metrics.signIn('invitation', 'ok');
      audit.record('invitation-accepted', { actor, address });
      audit.record('signed-in', { actor, address, detail: 'invitation' });
      return { ok: true, value: session };
    },
  };
}
