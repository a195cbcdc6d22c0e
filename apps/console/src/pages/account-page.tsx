import { useMe } from '../data/http/api-context.tsx';
import { AccountOverview } from '../features/account/account-overview.tsx';
import { useUnsavedExtensions } from '../entities/presence-draft/drafts-context.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { PageLayout } from '../shell/page-layout.tsx';

export function AccountPage() {
  const t = useT();
  const me = useMe();
  const unsaved = useUnsavedExtensions();
  if (me === null) return null;
  return (
    <PageLayout title={t('account.heading')}>
      <AccountOverview me={me} unsavedCount={unsaved.length} />
    </PageLayout>
  );
}
