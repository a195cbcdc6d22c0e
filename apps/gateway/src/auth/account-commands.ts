import { sameAccountName } from '@lampboard/protocol';
import { type Accounts, toPublicAccount } from './accounts.ts';
import type { AccountAdmin } from './account-admin.ts';
import { failure } from '../platform/failure.ts';
import type { CommandHandlers } from './dispatcher.ts';

const USE_CHANGE_PASSWORD = failure(
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
}): Pick<CommandHandlers, AccountCommand> {
  return {
    'list-accounts': () => ({ ok: true, value: accounts.list().map(toPublicAccount) }),
    'add-account': ({ name, password, settings }) => admin.add(name, password, settings),
    'change-account': ({ account, name, settings }) => admin.change(account, settings, name),
    'set-password': ({ account, password }, { account: currentAccount }) =>
      sameAccountName(account, currentAccount.name)
        ? USE_CHANGE_PASSWORD
        : admin.setPassword(account, password),
    'remove-account': ({ account }) => admin.remove(account),
  };
}
