import { type Account, MAX_INVITATIONS, type Me, PAGE_PATHS, canManageAccounts } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';
import { UserPlus, Users } from 'lucide-react';
import { Link } from 'wouter';
import { useEffect, useState } from 'react';
import { basePath } from '../../data/http/base-path.ts';
import { useCommandQuery } from '../../data/http/use-command.ts';
import { useIsPasswordAllowed } from '../../data/http/use-sign-in-options.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { type Formats, useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { type SignInState, signInLabel, signInStateOf } from '../../entities/account/sign-in-state.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { SearchField } from '../../ui/form/search-field.tsx';
import { AccountDialog } from './account-dialog.tsx';
import { InviteDialog } from './account-invitation.tsx';
import { type AccountsRoute, parseAccountsRoute } from './accounts-route.ts';
import { AccountsTable } from './accounts-table.tsx';
import { AddAccount } from './add-account.tsx';
import '../../ui/styles/page.css';
import './accounts-screen.css';

/** More accounts than this get a filter. */
const FILTER_THRESHOLD = 8;

/** States in which an account can't sign in yet. */
const PENDING_STATES = ['invited', 'expired', 'no-password'] as const satisfies SignInState[];
type PendingState = (typeof PENDING_STATES)[number];

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
  const { reply, receivedAt, refresh } = useCommandQuery('list-accounts', {});
  const [filter, setFilter] = useState('');
  const [open, setOpen] = useState<AccountsRoute | null>(() => parseAccountsRoute(window.location.search));
  // A reload after closing it shows the list.
  useEffect(() => {
    if (window.location.search !== '')
      window.history.replaceState(null, '', basePath() + PAGE_PATHS.accounts);
  }, []);
  const accounts = reply?.ok === true ? reply.value : [];
  const formats = useFormats();
  const [state, setState] = useState<PendingState | null>(null);
  const isPasswordAllowed = useIsPasswordAllowed();
  const [isInviting, setIsInviting] = useState(false);
  const countOf = (one: SignInState) =>
    accounts.filter((account) => signInStateOf(account, receivedAt) === one).length;
  const shownStates = PENDING_STATES.filter((one) => one === state || countOf(one) > 0);
  const found = filterAccounts({ t, formats, now: receivedAt }, accounts, filter).filter(
    (account) => state === null || signInStateOf(account, receivedAt) === state,
  );
  const invitable = found.filter(({ disabled }) => !disabled);
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
        <div className="button-row">
          <Link href={PAGE_PATHS.addAccounts} className="button button-secondary">
            <Users size={16} aria-hidden="true" />
            {t('add-accounts.heading')}
          </Link>
          <Button variant="primary" onClick={() => setOpen({ kind: 'add', extension: '', name: '' })}>
            <UserPlus size={16} aria-hidden="true" />
            {t('accounts.add-heading')}
          </Button>
        </div>
      </header>
      {reply?.ok === false && <Alert>{failureMessage(t, reply)}</Alert>}
      {accounts.length > FILTER_THRESHOLD && (
        <SearchField label={t('accounts.filter')} value={filter} onValueChange={setFilter} />
      )}
      {shownStates.length > 0 && (
        <div className="button-row">
          <FilterChips
            filters={shownStates}
            selected={state}
            labelOf={(one) => t(`accounts.state.${one}`)}
            countOf={countOf}
            onSelect={setState}
          />
          {isPasswordAllowed && state !== null && invitable.length > 0 && (
            <Button onClick={() => setIsInviting(true)}>
              {t('accounts.new-links', { count: invitable.length })}
            </Button>
          )}
        </div>
      )}
      {found.length > 0 && (
        <AccountsTable accounts={found} now={receivedAt} onOpen={(name) => setOpen({ kind: 'edit', name })} />
      )}
      {accounts.length > 0 && found.length === 0 && (
        <p className="subtle">{t('accounts.no-match', { filter: filter.trim() })}</p>
      )}
      {open?.kind === 'add' && (
        <AddAccount
          name={open.name}
          extension={open.extension}
          onAdded={() => void refresh()}
          onClose={close}
        />
      )}
      {isInviting && (
        <InviteDialog
          accounts={invitable.slice(0, MAX_INVITATIONS)}
          onChanged={() => void refresh()}
          onClose={() => setIsInviting(false)}
        />
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

function filterAccounts(
  { t, formats, now }: { t: Translate; formats: Formats; now: number },
  accounts: readonly Account[],
  filter: string,
): readonly Account[] {
  const terms = filter.toLowerCase().split(/\s+/u);
  return accounts.filter((account) => {
    const { name, role, extensions } = account;
    const signIn = signInLabel(t, formats, account, now);
    const text = [name, t(`role.${role}`), ...extensions, signIn].join(' ').toLowerCase();
    return terms.every((term) => text.includes(term));
  });
}
