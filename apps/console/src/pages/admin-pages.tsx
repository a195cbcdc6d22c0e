import { type Me, canManageAccounts } from '@lampboard/protocol';
import type { ComponentType } from 'react';
import { useMe } from '../data/http/api-context.tsx';
import { AuditScreen } from '../features/audit/audit-screen.tsx';
import { HealthScreen } from '../features/health/health-screen.tsx';
import { AccountsScreen } from '../features/accounts/accounts-screen.tsx';
import { AddAccountsScreen } from '../features/add-accounts/add-accounts-screen.tsx';
import { DirectoryScreen } from '../features/directory/directory-screen.tsx';
import { ImportScreen } from '../features/import-directory/import-screen.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { AdminNav, PageLayout } from '../shell/page-layout.tsx';

export { messages } from '../i18n/catalogues/admin/en.ts';

interface AdminPageProps {
  name: 'accounts' | 'add-accounts' | 'directory' | 'import' | 'audit' | 'health';
  Screen: ComponentType<{ me: Me }>;
}

function AdminPage({ name, Screen }: AdminPageProps) {
  const t = useT();
  const me = useMe();
  return (
    <PageLayout title={t(`${name}.heading`)}>
      {me !== null && canManageAccounts(me) && <AdminNav />}
      {me !== null && <Screen me={me} />}
    </PageLayout>
  );
}

export const AccountsPage = () => <AdminPage name="accounts" Screen={AccountsScreen} />;
export const AddAccountsPage = () => <AdminPage name="add-accounts" Screen={AddAccountsScreen} />;
export const DirectoryPage = () => <AdminPage name="directory" Screen={DirectoryScreen} />;
export const ImportPage = () => <AdminPage name="import" Screen={ImportScreen} />;
export const AuditPage = () => <AdminPage name="audit" Screen={AuditScreen} />;
export const HealthPage = () => <AdminPage name="health" Screen={HealthScreen} />;
