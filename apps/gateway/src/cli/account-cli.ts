import type { Store } from '../platform/store/open-store.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';
import {
  type AuditEvent,
  type Account,
  DEFAULT_INVITATION_DAYS,
  INVITATION_DAYS,
  type Invitations,
  type LimitKind,
  type Limits,
  MAX_LIMIT_VALUES,
  NO_LIMITS,
  ROLES,
  type Role,
  accountName,
  limits as limitsSchema,
  newPassword,
  assignedExtension,
} from '@lampboard/protocol';
import { createAuditLog } from '../audit/audit-log.ts';
import { limitTexts, renamedText, settingsText } from '../audit/audited.ts';
import type { Auth } from '../auth/auth.ts';
import type { AccountAdmin } from '../auth/account-admin.ts';
import type { Accounts } from '../auth/accounts.ts';

export const USAGE = `Usage: lampboard account <command>

  list
  add NAME --role ${ROLES.join('|')} [--extension 1101@default]... [LIMITS] --password-stdin | --invite
  invite NAME [--days ${INVITATION_DAYS.join('|')}]    prints a link to set one's own password, once
  change NAME [--role ROLE] [--extension 1101@default]... [--no-extensions] [LIMITS] [--no-limits]
  rename NAME NEW-NAME
  set-password NAME --password-stdin
  disable NAME      signs the account out everywhere and blocks it
  enable NAME
  unlock NAME       resets “too many attempts”
  remove NAME

LIMITS are [--pbx ID]... [--context NAME]... [--department NAME]...: the account sees only extensions of these
PBXs, contexts and departments, and its own.
`;

const INVALID_LIMIT = `A PBX, context or department is invalid: each has up to 100 characters, PBXs and contexts no spaces, and there are at most ${MAX_LIMIT_VALUES} of each.`;

export interface AccountArguments {
  readonly command: string | undefined;
  readonly name: string | undefined;
  /** Only for `rename`. */
  readonly newName: string | undefined;
  readonly role: string | undefined;
  readonly extensions: readonly string[];
  readonly noExtensions: boolean;
  /** An empty list changes nothing. */
  readonly limits: Limits;
  readonly noLimits: boolean;
  /** Reads the password from standard input; null without `--password-stdin`. */
  readonly readPassword: (() => string) | null;
  /** Adds an account without a password, and prints its link. */
  readonly invite: boolean;
  readonly days: string | undefined;
}

type Outcome =
  /** `note` explains a text that programs may read. */
  | { readonly ok: true; readonly text: string; readonly note?: string }
  | { readonly ok: false; readonly message: string };

/** Runs one command; a running gateway applies it within a second. */
export async function accountCommand(
  args: AccountArguments,
  { accounts, admin }: { accounts: Pick<Accounts, 'list' | 'find'>; admin: AccountAdmin },
): Promise<Outcome> {
  if (args.command === 'list') return success(accounts.list().map(formatAccount).join(''));
  if (args.name === undefined || (args.newName === undefined) === (args.command === 'rename'))
    return failure(USAGE);
  const name = accountName.safeParse(args.name);
  const newName = accountName.safeParse(args.newName ?? args.name);
  if (!name.success || !newName.success)
    return failure(`“${args.newName ?? args.name}” is not a valid account name.`);
  const invalid = args.extensions.find((extension) => !assignedExtension.safeParse(extension).success);
  if (invalid !== undefined)
    return failure(`“${invalid}” is not an extension with its context, such as 1101@default.`);
  const parsedLimits = limitsSchema.safeParse(args.limits);
  if (!parsedLimits.success) return failure(INVALID_LIMIT);
  const limits = parsedLimits.data;
  const role = ROLES.find((known) => known === args.role);
  if (args.role !== undefined && role === undefined)
    return failure(`The role must be one of ${ROLES.join(', ')}.`);
  const days = INVITATION_DAYS.find((known) => String(known) === (args.days ?? `${DEFAULT_INVITATION_DAYS}`));
  if (days === undefined) return failure(`--days must be one of ${INVITATION_DAYS.join(', ')}.`);

  switch (args.command ?? '') {
    case 'add': {
      if (role === undefined) return failure(`--role is missing: one of ${ROLES.join(', ')}.`);
      const settings = { role, extensions: [...args.extensions], limits, disabled: false };
      if (args.invite && args.readPassword !== null)
        return failure('--invite and --password-stdin exclude each other.');
      if (args.invite)
        return toLinkOutcome(admin.addInvited({ accounts: [{ name: name.data, settings }], days }));
      const password = passwordOf(args);
      if (!password.ok) return password;
      return toOutcome(await admin.add(name.data, password.text, settings), `${name.data} was added.`);
    }
    case 'set-password': {
      const password = passwordOf(args);
      if (!password.ok) return password;
      const result = await admin.setPassword(name.data, password.text);
      return toOutcome(result, `The password of ${name.data} was set.`);
    }
    case 'invite':
      return toLinkOutcome(admin.invite({ accounts: [name.data], days }));
    case 'change':
      return change(
        name.data,
        { role, ...extensionChanges(args), limits: changedLimits(accounts.find(name.data)) },
        'was changed',
      );
    case 'rename':
      return change(name.data, { name: newName.data }, `is now ${newName.data}`);
    case 'disable':
      return change(name.data, { disabled: true }, 'was disabled');
    case 'enable':
      return change(name.data, { disabled: false }, 'was enabled');
    case 'unlock':
      return toOutcome(admin.unlock(name.data), `${name.data} was unlocked.`);
    case 'remove':
      return toOutcome(admin.remove(name.data), `${name.data} was removed.`);
    default:
      return failure(USAGE);
  }

  /** Each kind that is given replaces the one before. */
  function changedLimits(account: Pick<Account, 'limits'> | null): Limits {
    const before = (args.noLimits ? undefined : account?.limits) ?? NO_LIMITS;
    const changed = (kind: LimitKind) => (limits[kind].length > 0 ? limits[kind] : before[kind]);
    return { pbxs: changed('pbxs'), contexts: changed('contexts'), departments: changed('departments') };
  }

  function change(
    account: string,
    changes: {
      role?: Role | undefined;
      extensions?: string[];
      limits?: Limits;
      disabled?: boolean;
      name?: string;
    },
    description: string,
  ): Outcome {
    const current = accounts.find(account);
    if (current === null) return failure(`There is no account ${account}.`);
    const settings = {
      role: changes.role ?? current.role,
      extensions: changes.extensions ?? [...current.extensions],
      limits: changes.limits,
      disabled: changes.disabled ?? current.disabled,
    };
    return toOutcome(admin.change(current.name, settings, changes.name), `${current.name} ${description}.`);
  }
}

function extensionChanges({ extensions, noExtensions }: AccountArguments): { extensions?: string[] } {
  if (noExtensions) return { extensions: [] };
  return extensions.length === 0 ? {} : { extensions: [...extensions] };
}

function passwordOf({ readPassword }: AccountArguments): Outcome {
  if (readPassword === null)
    return failure(
      '--password-stdin is missing: the password is read from standard input. --invite prints a link instead.',
    );
  const password = newPassword.safeParse(readPassword());
  return password.success ? success(password.data) : failure('The password must have 8 to 256 characters.');
}

function formatAccount(account: Account): string {
  const { name, role, extensions, limits, authMethod } = account;
  const limitsText = limitTexts(limits).join(' ') || '-';
  return `${[name, role, extensions.join(',') || '-', authMethod, stateOf(account), limitsText].join('\t')}\n`;
}

function stateOf({ disabled, authMethod, hasPassword, invitedUntil }: Account): string {
  if (disabled) return 'disabled';
  if (authMethod !== 'password' || hasPassword) return 'enabled';
  return (invitedUntil ?? 0) > Date.now() ? 'invited' : 'no-password';
}

function toOutcome(
  result: { readonly ok: true } | { readonly ok: false; readonly message: string },
  text: string,
): Outcome {
  return result.ok ? success(`${text}\n`) : failure(result.message);
}

function toLinkOutcome(
  result:
    | { readonly ok: true; readonly value: Invitations }
    | { readonly ok: false; readonly message: string },
): Outcome {
  if (!result.ok) return failure(result.message);
  const { links, expiresAt } = result.value;
  const until = new Date(expiresAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  const note = `Whoever has this link sets the password of the account, once, until ${until}.\n`;
  return { ...success(links.map(({ url }) => `${url}\n`).join('')), note };
}

const success = (text: string) => ({ ok: true, text }) as const;
const failure = (message: string): Outcome => ({ ok: false, message });

const EVENTS = new Map<string, AuditEvent>([
  ['add', 'account-added'],
  ['change', 'account-changed'],
  ['rename', 'account-renamed'],
  ['disable', 'account-changed'],
  ['enable', 'account-changed'],
  ['remove', 'account-removed'],
  ['unlock', 'account-unlocked'],
  ['set-password', 'password-set'],
  ['invite', 'invited'],
]);

/** Records a command in the audit log of the store, not in the gateway's log. */
export function auditCommandLine(
  { db, writer, accounts }: Pick<Auth, 'accounts'> & { db: Store['db']; writer: StoreWriter },
  { command = '', name = '', newName }: Pick<AccountArguments, 'command' | 'name' | 'newName'>,
): void {
  const event = EVENTS.get(command);
  if (event === undefined) return;
  const now = Date.now;
  const audit = createAuditLog({ db, writer, now, retentionNow: now, retentionMs: 0, log: { info() {} } });
  const account = accounts.find(newName ?? name);
  const invited = account?.hasPassword === false && command === 'add' ? ' invited' : '';
  const settings = account === null ? '' : ` ${settingsText(account)}${invited}`;
  const target = newName === undefined ? (account?.name ?? name) : renamedText(name, newName);
  audit.record(event, { actor: null, target, detail: `command line${settings}` });
}
