import { PAGE_PATHS } from '@lampboard/protocol';

/** The open dialog of the accounts page; a new account may have a suggested extension and name. */
export type AccountsRoute =
  | { readonly kind: 'edit'; readonly name: string }
  | { readonly kind: 'add'; readonly extension: string; readonly name: string };

export function accountsHref(route: AccountsRoute): string {
  const params = route.kind === 'edit' ? { account: route.name } : { add: route.extension, name: route.name };
  return `${PAGE_PATHS.accounts}?${new URLSearchParams(params).toString()}`;
}

export function parseAccountsRoute(search: string): AccountsRoute | null {
  const params = new URLSearchParams(search);
  const name = params.get('account');
  const extension = params.get('add');
  if (name !== null) return { kind: 'edit', name };
  return extension === null ? null : { kind: 'add', extension, name: params.get('name') ?? '' };
}
