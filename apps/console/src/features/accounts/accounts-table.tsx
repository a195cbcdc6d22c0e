import type { Account } from '@lampboard/protocol';
import { useLimitsText } from '../../entities/account/limits-text.ts';
import { useT } from '../../i18n/i18n-context.tsx';

interface AccountsTableProps {
  accounts: readonly Account[];
  onOpen: (name: string) => void;
}

export function AccountsTable({ accounts, onOpen }: AccountsTableProps) {
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
            <AccountLine key={account.name} account={account} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AccountLine({ account, onOpen }: { account: Account; onOpen: (name: string) => void }) {
  const t = useT();
  const { name, role, extensions, authMethod, disabled } = account;
  const limits = useLimitsText(account);
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
          {[t(`role.${role}`), ...extensions].join(' · ')}
        </p>
      </th>
      <td>{t(`role.${role}`)}</td>
      <td>
        {extensions.length === 0 ? (
          <span aria-label={t('accounts.no-extensions')}>–</span>
        ) : (
          extensions.join(', ')
        )}
      </td>
      <td>{t(`accounts.auth-method.${authMethod}`)}</td>
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
