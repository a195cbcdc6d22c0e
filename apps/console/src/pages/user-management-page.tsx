import { canManageAccounts } from '@lampboard/protocol';
import { useMe } from '../data/http/api-context.tsx';
import { AccountsScreen } from '../features/user-management/accounts-screen.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { AdminNav, PageLayout } from '../shell/page-layout.tsx';

export function AdminPage() {
  const t = useT();
  const me = useMe();
  return (
    <PageLayout title={t('accounts.heading')}>
      {me !== null && canManageAccounts(me) && <AdminNav />}
      {me !== null && <AccountsScreen me={me} />}
    </PageLayout>
  );
}
