import type { StoredAccount } from '../accounts/stored-account.ts';

/**
 * Since when the account may see the past of an extension, in milliseconds since 1970: users since it is theirs, so that
 * they never see what it told of whoever had it before.
 */
export function ownSince({ role, extensionsSince }: StoredAccount, extension: string): number {
  return role === 'user' ? (extensionsSince[extension] ?? Number.POSITIVE_INFINITY) : 0;
}
