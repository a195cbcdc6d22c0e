import { extensionId } from '@lampboard/model';
import type { Role } from '@lampboard/protocol';
import type { Accounts } from './accounts.ts';

/** Who can be tried out on the demo PBX; they need no password, and are never on a real one. */
const DEMO_ACCOUNTS: readonly { readonly name: string; readonly role: Role; readonly exten: string }[] = [
  { name: 'Rita Moreno', role: 'receptionist', exten: '1101' },
  { name: 'Alice Chen', role: 'user', exten: '1104' },
  { name: 'Bruce Wayne', role: 'admin', exten: '1111' },
];

export function addDemoAccounts(accounts: Accounts): void {
  const isKnown = (name: string) => DEMO_ACCOUNTS.some((demo) => demo.name === name);
  for (const { id, name, authMethod } of accounts.list())
    if (authMethod === 'demo' && !isKnown(name)) accounts.remove(id);
  for (const { name, role, exten } of DEMO_ACCOUNTS) {
    const extensions = [extensionId(exten, 'default')];
    const account = accounts.find(name) ?? accounts.add({ name, role, extensions, authMethod: 'demo' });
    // Whatever visitors did to them before.
    const isChanged =
      account?.role !== role || account.disabled || account.extensions.join() !== extensions.join();
    if (account?.authMethod === 'demo' && isChanged)
      accounts.change(account.id, { role, extensions, disabled: false });
  }
}
