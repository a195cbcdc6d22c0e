import { type Me, PAGES, mayManageAccounts } from '@lampboard/protocol';
import { UserPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useList } from '../../api/use-command.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { AccountSheet } from './account-sheet.tsx';
import { type AccountsPlace, accountsPlaceIn } from './accounts-place.ts';
import { AccountsTable } from './accounts-table.tsx';
import { AddAccount } from './add-account.tsx';
import { filterAccounts } from './filter-accounts.ts';
import '../../ui/page-column.css';
import '../../ui/page-table.css';
import './accounts-screen.css';

/** So many are seen at a glance, without a filter. */
const FEW = 8;

/** Who may use Lampboard, and for what. */
export function AccountsScreen({ me }: { me: Me }) {
  const t = useT();
  const allowed = mayManageAccounts(me);
  return (
    <main className="page-column accounts-screen">
      {allowed ? (
        <Accounts me={me} />
      ) : (
        <>
          <h1>{t('accounts.heading')}</h1>
          <p className="accounts-hint">{t('accounts.admins-only')}</p>
        </>
      )}
    </main>
  );
}

function Accounts({ me }: { me: Me }) {
  const t = useT();
  const { reply, refresh } = useList('list-accounts', {});
  const [filter, setFilter] = useState('');
  const [open, setOpen] = useState<AccountsPlace | null>(() => accountsPlaceIn(window.location.search));
  // It is opened once: whoever closes it and loads the page anew is at the list.
  useEffect(() => {
    if (window.location.search !== '') window.history.replaceState(null, '', PAGES.accounts);
  }, []);
  const accounts = reply?.ok === true ? reply.value : [];
  const found = filterAccounts(t, accounts, filter);
  const edited = open?.kind === 'edit' ? accounts.find(({ name }) => name === open.name) : undefined;
  const close = () => setOpen(null);
  const closeAnew = () => {
    close();
    void refresh();
  };

  return (
    <>
      <header className="page-head">
        <h1>{t('accounts.heading')}</h1>
        <Button look="strong" onClick={() => setOpen({ kind: 'add', extension: '', name: '' })}>
          <UserPlus size={16} aria-hidden="true" />
          {t('accounts.add-heading')}
        </Button>
      </header>
      {reply?.ok === false && <Alert>{failureWords(t, reply)}</Alert>}
      {accounts.length > FEW && (
        <TextField
          label={t('accounts.filter')}
          type="search"
          autoComplete="off"
          value={filter}
          onText={setFilter}
        />
      )}
      {found.length > 0 && (
        <AccountsTable accounts={found} onOpen={(name) => setOpen({ kind: 'edit', name })} />
      )}
      {accounts.length > 0 && found.length === 0 && (
        <p className="accounts-hint">{t('accounts.no-match', { filter: filter.trim() })}</p>
      )}
      {open?.kind === 'add' && (
        <AddAccount name={open.name} extension={open.extension} onDone={closeAnew} onClose={close} />
      )}
      {edited !== undefined && (
        <AccountSheet
          key={edited.name}
          account={edited}
          me={me}
          onChanged={() => void refresh()}
          onRemoved={closeAnew}
          onClose={close}
        />
      )}
    </>
  );
}
