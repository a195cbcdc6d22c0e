import { type Role, sameAccountName } from './accounts/account.ts';
import type { CommandName, CommandRequest } from './commands.ts';

/** Whose: nobody's, what belongs to the account itself (its extensions, its sessions, its password), or everybody's. */
type Scope = 'none' | 'own' | 'all';

/** Who may give which command, and about whom. The gateway decides by it, every time; the page only shows. */
const RIGHTS: Readonly<Record<CommandName, Readonly<Record<Role, Scope>>>> = {
  'set-presence': { user: 'own', receptionist: 'all', admin: 'all' },
  'list-presence-changes': { user: 'own', receptionist: 'all', admin: 'all' },
  'list-history': { user: 'own', receptionist: 'all', admin: 'all' },
  'set-preferences': { user: 'own', receptionist: 'own', admin: 'own' },
  'save-group': { user: 'own', receptionist: 'own', admin: 'own' },
  'remove-group': { user: 'own', receptionist: 'own', admin: 'own' },
  'reorder-groups': { user: 'own', receptionist: 'own', admin: 'own' },
  'list-templates': { user: 'own', receptionist: 'own', admin: 'own' },
  'save-template': { user: 'own', receptionist: 'own', admin: 'own' },
  'remove-template': { user: 'own', receptionist: 'own', admin: 'own' },
  'save-site-template': { user: 'none', receptionist: 'all', admin: 'all' },
  'remove-site-template': { user: 'none', receptionist: 'all', admin: 'all' },
  'list-recent-values': { user: 'own', receptionist: 'own', admin: 'own' },
  'list-sessions': { user: 'own', receptionist: 'own', admin: 'all' },
  'revoke-session': { user: 'own', receptionist: 'own', admin: 'all' },
  'revoke-sessions': { user: 'own', receptionist: 'own', admin: 'all' },
  'change-password': { user: 'own', receptionist: 'own', admin: 'own' },
  'list-accounts': { user: 'none', receptionist: 'none', admin: 'all' },
  'add-account': { user: 'none', receptionist: 'none', admin: 'all' },
  'change-account': { user: 'none', receptionist: 'none', admin: 'all' },
  'set-password': { user: 'none', receptionist: 'none', admin: 'all' },
  'remove-account': { user: 'none', receptionist: 'none', admin: 'all' },
  'list-audit': { user: 'none', receptionist: 'none', admin: 'all' },
  'get-health': { user: 'none', receptionist: 'none', admin: 'all' },
};

export interface Principal {
  readonly name: string;
  readonly role: Role;
  readonly extensions: readonly string[];
}

/** Whether this account may give this command. What does not exist belongs to nobody. */
export function isAllowed<N extends CommandName>(
  principal: Principal,
  command: N,
  request: CommandRequest<N>,
): boolean {
  const scope = RIGHTS[command][principal.role];
  if (scope !== 'own') return scope === 'all';
  if ('id' in request) return principal.extensions.includes(request.id);
  return 'account' in request && sameAccountName(principal.name, request.account);
}

/** Whether the account may change the templates of the whole site. */
export function canManageTemplates({ role }: Pick<Principal, 'role'>): boolean {
  return RIGHTS['save-site-template'][role] === 'all';
}

/** Whether the account may do everything about everybody that administrators are there for. */
export function canManageAccounts({ role }: Pick<Principal, 'role'>): boolean {
  return RIGHTS['list-accounts'][role] === 'all';
}
