import { canManageAccounts } from '@lampboard/protocol';
import { useMe } from '../data/http/api-context.tsx';
import { AuditScreen } from '../features/audit/audit-screen.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { AdminNav, PageLayout } from '../shell/page-layout.tsx';

export function AuditPage() {
  const t = useT();
  const me = useMe();
  return (
    <PageLayout title={t('audit.heading')}>
      {me !== null && canManageAccounts(me) && <AdminNav />}
      {me !== null && <AuditScreen me={me} />}
    </PageLayout>
  );
}
