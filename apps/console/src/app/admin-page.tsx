import { mayManageAccounts } from '@lampboard/protocol';
import { useMe } from '../api/api-context.tsx';
import { AccountsScreen } from '../features/accounts/accounts-screen.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { AdminNav } from './admin-nav.tsx';
import { PlainPage } from './plain-page.tsx';

export function AdminPage() {
  const t = useT();
  const me = useMe();
  return (
    <PlainPage title={t('accounts.heading')}>
      {me !== null && mayManageAccounts(me) && <AdminNav />}
      {me !== null && <AccountsScreen me={me} />}
    </PlainPage>
  );
}
