import type { PlannedReturn } from '@lampboard/board';
import { may } from '@lampboard/protocol';
import type { Accounts } from '../accounts/accounts.ts';

/** Whether the account that planned a return may still set that presence: it is there, and was when it was planned. */
export function mayCarryOut(
  { id, presence, next, by, accountId, since }: PlannedReturn,
  accounts: Pick<Accounts, 'find' | 'findId'>,
): boolean {
  const account = accountId === undefined ? accounts.find(by) : accounts.findId(accountId);
  if (account === null || account.disabled) return false;
  if (since !== null && account.createdAt > since) return false;
  return may(account, 'set-presence', {
    id,
    presence: { state: next, subtype: '', message: '' },
    base: presence,
  });
}
