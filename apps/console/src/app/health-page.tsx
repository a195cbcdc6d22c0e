import { mayManageAccounts } from '@lampboard/protocol';
import { useMe } from '../api/api-context.tsx';
import { HealthScreen } from '../features/health/health-screen.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { AdminNav } from './admin-nav.tsx';
import { PlainPage } from './plain-page.tsx';

export function HealthPage() {
  const t = useT();
  const me = useMe();
  return (
    <PlainPage title={t('health.heading')}>
      {me !== null && mayManageAccounts(me) && <AdminNav />}
      {me !== null && <HealthScreen me={me} />}
    </PlainPage>
  );
}
