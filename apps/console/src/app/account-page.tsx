import { useMe } from '../api/api-context.tsx';
import { AccountOverview } from '../features/account/account-overview.tsx';
import { useUnsaved } from '../features/person/drafts-context.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { PlainPage } from './plain-page.tsx';

/** One's own sign-ins and password. */
export function AccountPage() {
  const t = useT();
  const me = useMe();
  const unsaved = useUnsaved();
  if (me === null) return null;
  return (
    <PlainPage title={t('account.heading')}>
      <AccountOverview me={me} unsaved={unsaved.length} />
    </PlainPage>
  );
}
