import { type Role, sameAccountName } from '../accounts/account.ts';
import type { CommandName, CommandRequest } from './commands.ts';

/** `own`: the account's extensions, sessions and password. */
type Scope = 'none' | 'own' | 'all';

/** The gateway checks every command against this table; the client only hides what is not allowed. */
const RIGHTS: Readonly<Record<CommandName, Readonly<Record<Role, Scope>>>> = {
  'set-presence': { user: 'own', receptionist: 'all', admin: 'all' },
  'list-presence-changes': { user: 'own', receptionist: 'all', admin: 'all' },
  'list-history': { user: 'own', receptionist: 'all', admin: 'all' },
  'list-calls': { user: 'own', receptionist: 'all', admin: 'all' },
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
  'list-name-conflicts': { user: 'none', receptionist: 'none', admin: 'all' },
  'add-invited-accounts': { user: 'none', receptionist: 'none', admin: 'all' },
  'invite-accounts': { user: 'none', receptionist: 'none', admin: 'all' },
  'revoke-invitation': { user: 'none', receptionist: 'none', admin: 'all' },
  'remove-account': { user: 'none', receptionist: 'none', admin: 'all' },
  'list-directory': { user: 'none', receptionist: 'none', admin: 'all' },
  'save-directory-entry': { user: 'none', receptionist: 'none', admin: 'all' },
  'set-directory-photo': { user: 'none', receptionist: 'none', admin: 'all' },
  'preview-directory-import': { user: 'none', receptionist: 'none', admin: 'all' },
  'import-directory': { user: 'none', receptionist: 'none', admin: 'all' },
  'list-audit': { user: 'none', receptionist: 'none', admin: 'all' },
  'get-health': { user: 'none', receptionist: 'none', admin: 'all' },
};

interface Principal {
  readonly name: string;
  readonly role: Role;
  /** Ids of the board, as that of a request. */
  readonly extensions: readonly string[];
}

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

export function canManageTemplates({ role }: Pick<Principal, 'role'>): boolean {
  return RIGHTS['save-site-template'][role] === 'all';
}

export function canManageAccounts({ role }: Pick<Principal, 'role'>): boolean {
  return RIGHTS['list-accounts'][role] === 'all';
}
