import { type Account, type Me, PAGE_PATHS, canManageAccounts } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';
import { UserPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { basePath } from '../../data/http/base-path.ts';
import { useCommandQuery } from '../../data/http/use-command.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { AccountDialog } from './account-dialog.tsx';
import { type AccountsRoute, parseAccountsRoute } from './accounts-route.ts';
import { AccountsTable } from './accounts-table.tsx';
import { AddAccount } from './add-account.tsx';
import '../../ui/styles/page.css';
import './accounts-screen.css';

/** More accounts than this get a filter. */
const FILTER_THRESHOLD = 8;

export function AccountsScreen({ me }: { me: Me }) {
  const t = useT();
  const allowed = canManageAccounts(me);
  return (
    <main className="page-container">
      {allowed ? (
        <Accounts me={me} />
      ) : (
        <>
          <h1>{t('accounts.heading')}</h1>
          <p className="subtle">{t('accounts.admins-only')}</p>
        </>
      )}
    </main>
  );
}

function Accounts({ me }: { me: Me }) {
  const t = useT();
  const { reply, refresh } = useCommandQuery('list-accounts', {});
  const [filter, setFilter] = useState('');
  const [open, setOpen] = useState<AccountsRoute | null>(() => parseAccountsRoute(window.location.search));
  // A reload after closing it shows the list.
  useEffect(() => {
    if (window.location.search !== '')
      window.history.replaceState(null, '', basePath() + PAGE_PATHS.accounts);
  }, []);
  const accounts = reply?.ok === true ? reply.value : [];
  const found = filterAccounts(t, accounts, filter);
  const edited = open?.kind === 'edit' ? accounts.find(({ name }) => name === open.name) : undefined;
  const close = () => setOpen(null);
  const closeAndRefresh = () => {
    close();
    void refresh();
  };

  return (
    <>
      <header className="page-header">
        <h1>{t('accounts.heading')}</h1>
        <Button variant="primary" onClick={() => setOpen({ kind: 'add', extension: '', name: '' })}>
          <UserPlus size={16} aria-hidden="true" />
          {t('accounts.add-heading')}
        </Button>
      </header>
      {reply?.ok === false && <Alert>{failureMessage(t, reply)}</Alert>}
      {accounts.length > FILTER_THRESHOLD && (
        <TextField
          label={t('accounts.filter')}
          type="search"
          autoComplete="off"
          value={filter}
          onValueChange={setFilter}
        />
      )}
      {found.length > 0 && (
        <AccountsTable accounts={found} onOpen={(name) => setOpen({ kind: 'edit', name })} />
      )}
      {accounts.length > 0 && found.length === 0 && (
        <p className="subtle">{t('accounts.no-match', { filter: filter.trim() })}</p>
      )}
      {open?.kind === 'add' && (
        <AddAccount name={open.name} extension={open.extension} onDone={closeAndRefresh} onClose={close} />
      )}
      {edited !== undefined && (
        <AccountDialog
          key={edited.name}
          account={edited}
          me={me}
          onChanged={() => void refresh()}
          onRemoved={closeAndRefresh}
          onClose={close}
        />
      )}
    </>
  );
}

function filterAccounts(t: Translate, accounts: readonly Account[], filter: string): readonly Account[] {
  const terms = filter.toLowerCase().split(/\s+/u);
  return accounts.filter(({ name, role, extensions }) => {
    const text = [name, t(`role.${role}`), ...extensions].join(' ').toLowerCase();
    return terms.every((term) => text.includes(term));
  });
}
