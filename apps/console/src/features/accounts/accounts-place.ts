import { fold } from '@lampboard/board';
import { type Person, PAGES, accountName } from '@lampboard/protocol';

/** What is open on the page of accounts: one of them, or a new one, with an extension and a name to begin with. */
export type AccountsPlace =
  | { readonly kind: 'edit'; readonly name: string }
  | { readonly kind: 'add'; readonly extension: string; readonly name: string };

/** The address that opens it. */
export function hrefOfAccounts(place: AccountsPlace): string {
  const asked = place.kind === 'edit' ? { account: place.name } : { add: place.extension, name: place.name };
  return `${PAGES.accounts}?${new URLSearchParams(asked).toString()}`;
}

/** What an address opens; null for nothing. */
export function accountsPlaceIn(search: string): AccountsPlace | null {
  const params = new URLSearchParams(search);
  const name = params.get('account');
  const extension = params.get('add');
  if (name !== null) return { kind: 'edit', name };
  return extension === null ? null : { kind: 'add', extension, name: params.get('name') ?? '' };
}

/** What somebody’s account could be called: as their mail address begins, else `alice.chen` for Alice Chen. */
export function suggestedName({ name, email }: Pick<Person, 'name' | 'email'>): string {
  const [mailbox = ''] = email.split('@', 1);
  const words = fold(name).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return accountName.safeParse(mailbox === '' ? words.join('.') : mailbox.toLowerCase()).data ?? '';
}
