import type { Account } from '@lampboard/protocol';
import { useDistinctions } from '../../data/socket/live-context.tsx';
import { withDistinction } from '../../entities/extension/accessible-name.ts';
import { useLimitsText } from '../../entities/account/limits-text.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { signInLabel } from '../../entities/account/sign-in-state.ts';

interface AccountsTableProps {
  accounts: readonly Account[];
  /** Milliseconds since 1970. */
  now: number;
  onOpen: (name: string) => void;
}

export function AccountsTable({ accounts, now, onOpen }: AccountsTableProps) {
  const t = useT();
  return (
    <div className="card">
      <table className="page-table accounts-table">
        <thead>
          <tr>
            <th scope="col">{t('account.account')}</th>
            <th scope="col">{t('accounts.role')}</th>
            <th scope="col">{t('board.extensions')}</th>
            <th scope="col">{t('accounts.sign-in')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('accounts.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <AccountLine key={account.name} account={account} now={now} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface AccountLineProps extends Pick<AccountsTableProps, 'now' | 'onOpen'> {
  account: Account;
}

function AccountLine({ account, now, onOpen }: AccountLineProps) {
  const t = useT();
  const formats = useFormats();
  const { name, role, extensions, disabled } = account;
  const distinctions = useDistinctions();
  // An id has the context already.
  const ids = extensions.map((id) => {
    const pbx = distinctions.get(id)?.pbx ?? null;
    return pbx === null ? id : withDistinction(id, { pbx, context: null });
  });
  const limits = useLimitsText(account);
  const signIn = signInLabel(t, formats, account, now);
  return (
    <tr data-account={name} data-disabled={disabled || undefined}>
      <th scope="row">
        <bdi>{name}</bdi>
        {limits !== null && (
          <span className="tag" title={t('accounts.sees', { limits })}>
            {t('accounts.limited')}
          </span>
        )}
        {disabled && <span className="tag">{t('accounts.disabled')}</span>}
        <p className="note page-table-details" aria-hidden="true">
          {[t(`role.${role}`), ...ids, signIn].join(' · ')}
        </p>
      </th>
      <td>{t(`role.${role}`)}</td>
      <td>
        {extensions.length === 0 ? <span aria-label={t('accounts.no-extensions')}>–</span> : ids.join(', ')}
      </td>
      <td>{signIn}</td>
      <td className="accounts-edit">
        <button
          type="button"
          className="button button-secondary"
          aria-label={t('ui.edit-of', { name })}
          onClick={() => onOpen(name)}
        >
          {t('accounts.edit')}
        </button>
      </td>
    </tr>
  );
}
