/** Page paths; the gateway answers any other with 404. */
export const PAGE_PATHS = {
  board: '/',
  myStatus: '/me',
  account: '/account',
  accounts: '/admin',
  addAccounts: '/admin/add-accounts',
  audit: '/admin/audit',
  health: '/admin/health',
  wall: '/wall',
  signIn: '/sign-in',
  setup: '/setup',
  invitation: '/invite',
} as const;
