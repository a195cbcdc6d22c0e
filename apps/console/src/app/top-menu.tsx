import { useMe } from '../api/api-context.tsx';
import { AccountMenu } from '../features/account/account-menu.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { KeyCaps } from '../ui/key-caps.tsx';
import { KEYS, ariaKeys } from '../ui/keys.ts';
import { useEverywhere } from './everywhere-context.ts';
import './top-menu.css';

/** The way to the help about keys, and the account menu, where somebody is signed in. */
export function TopMenu() {
  const t = useT();
  const me = useMe();
  const { show } = useEverywhere();
  if (me === null) return null;
  return (
    <>
      <button
        type="button"
        className="help-button"
        aria-label={t('help.hint')}
        title={t('help.hint')}
        aria-keyshortcuts={ariaKeys(KEYS.everywhere.help)}
        onClick={() => show('help')}
      >
        <KeyCaps of={KEYS.everywhere.help[0]} always />
      </button>
      <AccountMenu me={me} onHelp={() => show('help')} onSignOut={() => show('sign-out')} />
    </>
  );
}
