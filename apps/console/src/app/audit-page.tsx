import { mayManageAccounts } from '@lampboard/protocol';
import { useMe } from '../api/api-context.tsx';
import { AuditScreen } from '../features/audit/audit-screen.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { AdminNav } from './admin-nav.tsx';
import { PlainPage } from './plain-page.tsx';

export function AuditPage() {
  const t = useT();
  const me = useMe();
  return (
    <PlainPage title={t('audit.heading')}>
      {me !== null && mayManageAccounts(me) && <AdminNav />}
      {me !== null && <AuditScreen me={me} />}
    </PlainPage>
  );
}
