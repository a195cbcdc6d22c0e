import { useMe } from '../api/api-context.tsx';
import { AccountMenu } from '../features/account/account-menu.tsx';
import { useUnsaved } from '../features/person/drafts-context.tsx';

/** The account menu, where somebody is signed in. */
export function TopMenu() {
  const me = useMe();
  const unsaved = useUnsaved();
  return me === null ? null : <AccountMenu me={me} unsaved={unsaved.length} />;
}
