import { type Account, ROLES, type Role, accountName, newPassword, ownExtension } from '@lampboard/protocol';
import type { AccountAdmin } from '../accounts/account-admin.ts';
import type { Accounts } from '../accounts/accounts.ts';

export const USAGE = `Usage: npm run lampboard -- account <command>

  list
  add NAME --role ${ROLES.join('|')} [--extension 1101@default]... --password-stdin
  change NAME [--role ROLE] [--extension 1101@default]... [--no-extensions]
  rename NAME NEW-NAME
  set-password NAME --password-stdin
  disable NAME      signs the account out everywhere, and keeps it out
  enable NAME
  unlock NAME       lets it sign in at once after “too many attempts”
  remove NAME
`;

/** What was typed after `account`. */
export interface AccountArguments {
  readonly command: string | undefined;
  readonly name: string | undefined;
  /** Only of `rename`. */
  readonly newName: string | undefined;
  readonly role: string | undefined;
  readonly extensions: readonly string[];
  readonly noExtensions: boolean;
  /** Reads the password from standard input, without its line break; null where that was not asked for. */
  readonly readPassword: (() => string) | null;
}

type Outcome =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

/** Carries out one command on the accounts; a gateway that runs meanwhile follows within a second. */
export async function accountCommand(
  given: AccountArguments,
  { accounts, admin }: { accounts: Pick<Accounts, 'list' | 'find'>; admin: AccountAdmin },
): Promise<Outcome> {
  if (given.command === 'list') return done(accounts.list().map(line).join(''));
  if (given.name === undefined || (given.newName === undefined) === (given.command === 'rename'))
    return refused(USAGE);
  const name = accountName.safeParse(given.name);
  const newName = accountName.safeParse(given.newName ?? given.name);
  if (!name.success || !newName.success)
    return refused(`“${given.newName ?? given.name}” can’t be the name of an account.`);
  const stray = given.extensions.find((extension) => !ownExtension.safeParse(extension).success);
  if (stray !== undefined)
    return refused(`“${stray}” is not an extension with its context, such as 1101@default.`);
  const role = ROLES.find((known) => known === given.role);
  if (given.role !== undefined && role === undefined)
    return refused(`The role is one of ${ROLES.join(', ')}.`);

  switch (given.command ?? '') {
    case 'add': {
      if (role === undefined) return refused(`--role is missing: one of ${ROLES.join(', ')}.`);
      const password = passwordOf(given);
      if (!password.ok) return password;
      const settings = { role, extensions: [...given.extensions], disabled: false };
      return told(await admin.add(name.data, password.text, settings), `${name.data} was added.`);
    }
    case 'set-password': {
      const password = passwordOf(given);
      if (!password.ok) return password;
      return told(await admin.setPassword(name.data, password.text), `The password of ${name.data} was set.`);
    }
    case 'change':
      return change(name.data, { role, ...newExtensions(given) }, 'was changed');
    case 'rename':
      return change(name.data, { name: newName.data }, `is ${newName.data} from now on`);
    case 'disable':
      return change(name.data, { disabled: true }, 'was disabled');
    case 'enable':
      return change(name.data, { disabled: false }, 'was enabled');
    case 'unlock':
      return told(admin.unlock(name.data), `${name.data} was unlocked.`);
    case 'remove':
      return told(admin.remove(name.data), `${name.data} was removed.`);
    default:
      return refused(USAGE);
  }

  function change(
    account: string,
    wanted: { role?: Role | undefined; extensions?: string[]; disabled?: boolean; name?: string },
    what: string,
  ): Outcome {
    const now = accounts.find(account);
    if (now === null) return refused(`There is no account ${account}.`);
    const settings = {
      role: wanted.role ?? now.role,
      extensions: wanted.extensions ?? [...now.extensions],
      disabled: wanted.disabled ?? now.disabled,
    };
    return told(admin.change(now.name, settings, wanted.name), `${now.name} ${what}.`);
  }
}

function newExtensions({ extensions, noExtensions }: AccountArguments): { extensions?: string[] } {
  if (noExtensions) return { extensions: [] };
  return extensions.length === 0 ? {} : { extensions: [...extensions] };
}

function passwordOf({ readPassword }: AccountArguments): Outcome {
  if (readPassword === null)
    return refused('--password-stdin is missing: the password is read from standard input.');
  const password = newPassword.safeParse(readPassword());
  return password.success ? done(password.data) : refused('The password has to have 8 to 256 characters.');
}

function line({ name, role, extensions, proof, disabled }: Account): string {
  return (
    [name, role, extensions.join(',') || '-', proof, disabled ? 'disabled' : 'enabled'].join('\t') + '\n'
  );
}

function told(
  result: { readonly ok: true } | { readonly ok: false; readonly message: string },
  text: string,
): Outcome {
  return result.ok ? done(`${text}\n`) : refused(result.message);
}

const done = (text: string): Outcome => ({ ok: true, text });
const refused = (message: string): Outcome => ({ ok: false, message });
