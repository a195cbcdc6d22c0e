/** Page paths; the gateway answers any other with 404. */
export const PAGE_PATHS = {
  board: '/',
  myStatus: '/me',
  account: '/account',
  accounts: '/admin',
  addAccounts: '/admin/add-accounts',
  directory: '/admin/directory',
  importDirectory: '/admin/directory/import',
  audit: '/admin/audit',
  health: '/admin/health',
  wall: '/wall',
  signIn: '/sign-in',
  setup: '/setup',
  invitation: '/invite',
} as const;
