import { useMe } from '../data/http/api-context.tsx';
import { AccountMenu } from '../features/account/account-menu.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { Kbd } from '../keyboard/kbd.tsx';
import { SHORTCUTS, ariaKeyShortcuts } from '../keyboard/shortcuts.ts';
import { useOverlay } from './overlay-context.ts';
import './shell.css';

export function HeaderActions() {
  const t = useT();
  const me = useMe();
  const { show } = useOverlay();
  if (me === null) return null;
  return (
    <>
      <button
        type="button"
        className="icon-button help-button"
        aria-label={t('keys.global.help')}
        title={t('keys.global.help')}
        aria-keyshortcuts={ariaKeyShortcuts(SHORTCUTS.global.help)}
        onClick={() => show('help')}
      >
        <Kbd shortcut={SHORTCUTS.global.help[0]} always />
      </button>
      <AccountMenu me={me} onHelp={() => show('help')} onSignOut={() => show('sign-out')} />
    </>
  );
}
