import { type Me, mayManageAccounts } from '@lampboard/protocol';
import { ChevronDown, Keyboard, LogOut, MonitorSmartphone, SmilePlus, Users } from 'lucide-react';
import { useRef } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useIsLive, useRow } from '../../live/live-context.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { KEYS, ariaKeys } from '../../ui/keys.ts';
import { PresenceBadge } from '../../ui/presence-badge.tsx';
import { useMenu } from '../../ui/use-menu.ts';
import { LanguageItems } from './language-items.tsx';
import { MenuLink } from './menu-link.tsx';
import '../../ui/menu.css';
import './account-menu.css';

interface AccountMenuProps {
  me: Me;
  /** To the help about keys. */
  onHelp: () => void;
  onSignOut: () => void;
}

/** Who is signed in, and everything that is theirs. */
export function AccountMenu({ me, onHelp, onSignOut }: AccountMenuProps) {
  const t = useT();
  const button = useRef<HTMLButtonElement>(null);
  const { open, menu, toggle, close, onButtonKey, onMenuKey } = useMenu(button);
  return (
    <div className="menu-place">
      <button
        ref={button}
        type="button"
        className="account-button"
        aria-label={t('account.button', { name: me.name })}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={toggle}
        onKeyDown={onButtonKey}
      >
        <Avatar name={me.name} />
        <OwnPresence id={me.extensions[0] ?? ''} />
        <ChevronDown size={15} aria-hidden="true" />
      </button>
      {open && (
        <div className="menu-sheet account-sheet">
          <p className="account-who">
            <strong dir="auto">{me.name}</strong>
            <span>{t(`role.${me.role}`)}</span>
          </p>
          {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- what is in it takes the focus in turn */}
          <div ref={menu} role="menu" aria-label={t('account.menu')} onKeyDown={onMenuKey}>
            <MenuLink href="/me" Icon={SmilePlus} words={t('account.my-status')} onClick={close} />
            <MenuLink href="/account" Icon={MonitorSmartphone} words={t('account.heading')} onClick={close} />
            {mayManageAccounts(me) && (
              <MenuLink href="/admin" Icon={Users} words={t('accounts.heading')} onClick={close} />
            )}
            <LanguageItems />
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              aria-keyshortcuts={ariaKeys(KEYS.everywhere.help)}
              onClick={() => {
                close();
                onHelp();
              }}
            >
              <Keyboard size={16} aria-hidden="true" />
              {t('help.hint')}
            </button>
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close();
                onSignOut();
              }}
            >
              <LogOut size={16} aria-hidden="true" />
              {t('account.sign-out')}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}

/** One's own presence, where there is room for it. */
function OwnPresence({ id }: { id: string }) {
  const t = useT();
  const live = useIsLive();
  const presence = useRow(id)?.presence ?? null;
  return (
    presence !== null && (
      <span className="account-presence" data-last-known={!live || undefined}>
        <PresenceBadge state={presence.state} />
        {!live && ` · ${t('filter.last-known')}`}
      </span>
    )
  );
}
