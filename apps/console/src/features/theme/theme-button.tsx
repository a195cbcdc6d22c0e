import { Check, Contrast, Monitor, Moon, Sun } from 'lucide-react';
import { useRef, useState, useSyncExternalStore } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useMenu } from '../../ui/use-menu.ts';
import {
  type ThemeSettings,
  THEMES,
  type Theme,
  setTheme,
  loadTheme,
  currentTheme,
  prefersHighContrast,
  subscribeToTheme,
  subscribeToSystemContrast,
} from './theme.ts';
import '../../ui/styles/menu.css';

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const satisfies Record<Theme, unknown>;

/** Menu of theme and contrast; it stays open after a choice. */
export function ThemeButton() {
  const t = useT();
  const button = useRef<HTMLButtonElement>(null);
  const { open, menu, toggle, onButtonKey, onMenuKey } = useMenu(button);
  const theme = useSyncExternalStore(subscribeToTheme, currentTheme);
  const [highContrast, setHighContrast] = useState(() => loadTheme().highContrast);
  const bySystem = useSyncExternalStore(subscribeToSystemContrast, prefersHighContrast);
  const Icon = ICONS[theme];

  const choose = (patch: Partial<ThemeSettings>) => {
    const next = { theme, highContrast, ...patch };
    setHighContrast(next.highContrast);
    setTheme(next);
  };

  return (
    <div className="menu-anchor">
      <button
        ref={button}
        type="button"
        className="icon-button theme-button"
        aria-label={t('theme.button')}
        title={t('theme.button')}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={toggle}
        onKeyDown={onButtonKey}
      >
        <Icon size={17} aria-hidden="true" />
      </button>
      {open && (
        <div className="card menu-popup">
          {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- roving focus on the items */}
          <div ref={menu} role="menu" aria-label={t('theme.button')} onKeyDown={onMenuKey}>
            <fieldset aria-label={t('theme.heading')}>
              {THEMES.map((option) => {
                const OptionIcon = ICONS[option];
                return (
                  <button
                    key={option}
                    type="button"
                    role="menuitemradio"
                    aria-checked={option === theme}
                    tabIndex={-1}
                    onClick={() => choose({ theme: option })}
                  >
                    <OptionIcon size={16} aria-hidden="true" />
                    {t(`theme.${option}`)}
                    <Check size={16} className="menu-check" aria-hidden="true" />
                  </button>
                );
              })}
            </fieldset>
            <div className="menu-section">
              <button
                type="button"
                role="menuitemcheckbox"
                aria-checked={highContrast || bySystem}
                aria-disabled={bySystem || undefined}
                tabIndex={-1}
                onClick={() => bySystem || choose({ highContrast: !highContrast })}
              >
                <Contrast size={16} aria-hidden="true" />
                {t(bySystem ? 'theme.high-contrast-by-system' : 'theme.high-contrast')}
                <Check size={16} className="menu-check" aria-hidden="true" />
              </button>
            </div>
          </div>
        </div>
      )}
    </div>
  );
}
