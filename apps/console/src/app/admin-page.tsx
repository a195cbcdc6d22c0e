import { useMe } from '../api/api-context.tsx';
import { AccountsScreen } from '../features/accounts/accounts-screen.tsx';
import { PlainPage } from './plain-page.tsx';

export function AdminPage() {
  const me = useMe();
  return <PlainPage title="Accounts">{me !== null && <AccountsScreen me={me} />}</PlainPage>;
}
