import {
  type LucideIcon,
  Check,
  ChevronDown,
  Contact,
  Keyboard,
  LogOut,
  MonitorSmartphone,
  SmilePlus,
  Users,
} from 'lucide-react';
import { Link } from 'wouter';
import { useSetLanguage, useT } from '../../i18n/i18n-context.tsx';
import { LANGUAGES, languageName } from '../../i18n/languages.ts';
import { type Me, PAGE_PATHS, canManageAccounts } from '@lampboard/protocol';
import { useRef } from 'react';
import { version } from '../../../../../package.json';
import { photoUrl } from '../../data/http/base-path.ts';
import { useIsLive, useExtension } from '../../data/socket/live-context.tsx';
import { useLimitsText } from '../../entities/account/limits-text.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { SHORTCUTS, ariaKeyShortcuts } from '../../keyboard/shortcuts.ts';
import { PresenceBadge } from '../../entities/presence/presence-badge.tsx';
import { useMenu } from '../../ui/use-menu.ts';
import '../../ui/styles/menu.css';
import './account-menu.css';

interface AccountMenuProps {
  me: Me;
  onHelp: () => void;
  onSignOut: () => void;
}

export function AccountMenu({ me, onHelp, onSignOut }: AccountMenuProps) {
  const t = useT();
  const button = useRef<HTMLButtonElement>(null);
  const { open, menu, toggle, close, onButtonKey, onMenuKey } = useMenu(button);
  const limits = useLimitsText(me);
  const photo = photoUrl(useExtension(me.extensions[0] ?? '')?.person.photo);
  const link = (href: string, Icon: LucideIcon, label: string) => (
    <Link href={href} role="menuitem" tabIndex={-1} onClick={close}>
      <Icon size={16} aria-hidden="true" />
      {label}
    </Link>
  );
  const action = (Icon: LucideIcon, label: string, run: () => void, shortcuts?: string) => (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-keyshortcuts={shortcuts}
      onClick={() => {
        close();
        run();
      }}
    >
      <Icon size={16} aria-hidden="true" />
      {label}
    </button>
  );
  return (
    <div className="menu-anchor">
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
        <Avatar name={me.name} photo={photo} />
        <UserPresence id={me.extensions[0] ?? ''} />
        <ChevronDown size={15} aria-hidden="true" />
      </button>
      {open && (
        <div className="card menu-popup account-dialog">
          <p className="account-identity">
            <strong dir="auto">{me.name}</strong>
            <span className="note">{t(`role.${me.role}`)}</span>
            {limits !== null && <span className="note">{t('account.sees', { limits })}</span>}
          </p>
          {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- roving focus on the items */}
          <div ref={menu} role="menu" aria-label={t('account.account')} onKeyDown={onMenuKey}>
            {link(PAGE_PATHS.myStatus, SmilePlus, t('page.my-status'))}
            {link(PAGE_PATHS.account, MonitorSmartphone, t('account.heading'))}
            {canManageAccounts(me) && link(PAGE_PATHS.accounts, Users, t('accounts.heading'))}
            {canManageAccounts(me) && link(PAGE_PATHS.directory, Contact, t('directory.heading'))}
            <LanguageItems />
            {action(Keyboard, t('keys.global.help'), onHelp, ariaKeyShortcuts(SHORTCUTS.global.help))}
            {action(LogOut, t('account.sign-out'), onSignOut)}
          </div>
          <p className="note account-version">Lampboard {version}</p>
        </div>
      )}
    </div>
  );
}

function UserPresence({ id }: { id: string }) {
  const t = useT();
  const live = useIsLive(id);
  const presence = useExtension(id)?.presence ?? null;
  return (
    presence !== null && (
      <span className="account-presence" data-last-known={!live || undefined}>
        <PresenceBadge state={presence.state} />
        {!live && ` · ${t('filter.last-known')}`}
      </span>
    )
  );
}

function LanguageItems() {
  const t = useT();
  const choose = useSetLanguage();
  return (
    <fieldset className="menu-section" aria-label={t('language.label')}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          role="menuitemradio"
          aria-checked={language === t.language}
          tabIndex={-1}
          lang={language}
          onClick={() => choose(language)}
        >
          <Check size={16} className="menu-check" aria-hidden="true" />
          {languageName(language)}
        </button>
      ))}
    </fieldset>
  );
}
