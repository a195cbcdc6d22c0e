import { sameAccountName } from '@lampboard/protocol';
import { type Accounts, publicAccount } from '../accounts/accounts.ts';
import type { AccountAdmin } from '../accounts/account-admin.ts';
import { refuse } from '../refuse.ts';
import type { Handlers } from './commands.ts';

const OWN_PASSWORD = refuse(
  'forbidden',
  'Change your own password under “Account & sessions”: that asks for the current one.',
);

type AccountCommand = 'list-accounts' | 'add-account' | 'change-account' | 'set-password' | 'remove-account';

/** The administrators' commands. */
export function createAccountCommands({
  accounts,
  admin,
}: {
  accounts: Pick<Accounts, 'list'>;
  admin: AccountAdmin;
}): Pick<Handlers, AccountCommand> {
  return {
    'list-accounts': () => ({ ok: true, value: accounts.list().map(publicAccount) }),
    'add-account': ({ name, password, settings }) => admin.add(name, password, settings),
    'change-account': ({ account, name, settings }) => admin.change(account, settings, name),
    'set-password': ({ account, password }, { account: own }) =>
      sameAccountName(account, own.name) ? OWN_PASSWORD : admin.setPassword(account, password),
    'remove-account': ({ account }) => admin.remove(account),
  };
}
