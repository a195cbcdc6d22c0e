import { type Role, sameAccountName } from './account.ts';
import type { CommandName, CommandRequest } from './commands.ts';

/** Whose: nobody's, what belongs to the account itself (its extensions, its sessions, its password), or everybody's. */
type Reach = 'none' | 'own' | 'all';

/** Who may give which command, and about whom. The gateway decides by it, every time; the page only shows. */
const RIGHTS: Readonly<Record<CommandName, Readonly<Record<Role, Reach>>>> = {
  'set-presence': { user: 'own', receptionist: 'all', admin: 'all' },
  'list-edits': { user: 'own', receptionist: 'all', admin: 'all' },
  'list-history': { user: 'own', receptionist: 'all', admin: 'all' },
  'set-preferences': { user: 'own', receptionist: 'own', admin: 'own' },
  'save-group': { user: 'own', receptionist: 'own', admin: 'own' },
  'remove-group': { user: 'own', receptionist: 'own', admin: 'own' },
  'order-groups': { user: 'own', receptionist: 'own', admin: 'own' },
  'list-templates': { user: 'own', receptionist: 'own', admin: 'own' },
  'save-template': { user: 'own', receptionist: 'own', admin: 'own' },
  'remove-template': { user: 'own', receptionist: 'own', admin: 'own' },
  'save-site-template': { user: 'none', receptionist: 'all', admin: 'all' },
  'remove-site-template': { user: 'none', receptionist: 'all', admin: 'all' },
  'list-last-used': { user: 'own', receptionist: 'own', admin: 'own' },
  'list-sessions': { user: 'own', receptionist: 'own', admin: 'all' },
  'end-session': { user: 'own', receptionist: 'own', admin: 'all' },
  'end-sessions': { user: 'own', receptionist: 'own', admin: 'all' },
  'change-password': { user: 'own', receptionist: 'own', admin: 'own' },
  'list-accounts': { user: 'none', receptionist: 'none', admin: 'all' },
  'add-account': { user: 'none', receptionist: 'none', admin: 'all' },
  'change-account': { user: 'none', receptionist: 'none', admin: 'all' },
  'set-password': { user: 'none', receptionist: 'none', admin: 'all' },
  'remove-account': { user: 'none', receptionist: 'none', admin: 'all' },
  'list-audit': { user: 'none', receptionist: 'none', admin: 'all' },
  'read-health': { user: 'none', receptionist: 'none', admin: 'all' },
};

export interface Subject {
  readonly name: string;
  readonly role: Role;
  readonly extensions: readonly string[];
}

/** Whether this account may give this command. What does not exist belongs to nobody. */
export function may<N extends CommandName>(who: Subject, command: N, request: CommandRequest<N>): boolean {
  const reach = RIGHTS[command][who.role];
  if (reach !== 'own') return reach === 'all';
  if ('id' in request) return who.extensions.includes(request.id);
  return 'account' in request && sameAccountName(who.name, request.account);
}

/** Whether the account may change the templates of the whole site. */
export function mayManageTemplates({ role }: Pick<Subject, 'role'>): boolean {
  return RIGHTS['save-site-template'][role] === 'all';
}

/** Whether the account may do everything about everybody that administrators are there for. */
export function mayManageAccounts({ role }: Pick<Subject, 'role'>): boolean {
  return RIGHTS['list-accounts'][role] === 'all';
}
