import { canManageAccounts } from '@lampboard/protocol';
import { useMe } from '../data/http/api-context.tsx';
import { HealthScreen } from '../features/health/health-screen.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { AdminNav, PageLayout } from '../shell/page-layout.tsx';

export function HealthPage() {
  const t = useT();
  const me = useMe();
  return (
    <PageLayout title={t('health.heading')}>
      {me !== null && canManageAccounts(me) && <AdminNav />}
      {me !== null && <HealthScreen me={me} />}
    </PageLayout>
  );
}
