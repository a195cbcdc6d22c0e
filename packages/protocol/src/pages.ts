/** The paths of the page: the gateway answers others with 404. */
export const PAGES = {
  board: '/',
  myStatus: '/me',
  account: '/account',
  accounts: '/admin',
  audit: '/admin/audit',
  health: '/admin/health',
  wall: '/wall',
  signIn: '/sign-in',
  setup: '/setup',
} as const;
