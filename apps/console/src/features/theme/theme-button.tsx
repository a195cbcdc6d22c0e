import { Check, Contrast, Monitor, Moon, Sun } from 'lucide-react';
import { useRef, useState, useSyncExternalStore } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useMenu } from '../../ui/use-menu.ts';
import {
  type Looks,
  THEMES,
  type Theme,
  chooseLooks,
  keptLooks,
  shownTheme,
  systemWantsContrast,
  watchShownTheme,
  watchSystemContrast,
} from './theme.ts';
import '../../ui/menu.css';
import './theme-button.css';

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const satisfies Record<Theme, unknown>;

/** Light or dark, and how much contrast; what is chosen counts at once, and the menu stays open to choose on. */
export function ThemeButton() {
  const t = useT();
  const button = useRef<HTMLButtonElement>(null);
  const { open, menu, toggle, onButtonKey, onMenuKey } = useMenu(button);
  const theme = useSyncExternalStore(watchShownTheme, shownTheme);
  const [highContrast, setHighContrast] = useState(() => keptLooks().highContrast);
  const bySystem = useSyncExternalStore(watchSystemContrast, systemWantsContrast);
  const Icon = ICONS[theme];

  const choose = (more: Partial<Looks>) => {
    const next = { theme, highContrast, ...more };
    setHighContrast(next.highContrast);
    chooseLooks(next);
  };

  return (
    <div className="menu-place">
      <button
        ref={button}
        type="button"
        className="theme-button"
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
        <div className="menu-sheet theme-sheet">
          {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- what is in it takes the focus in turn */}
          <div ref={menu} role="menu" aria-label={t('theme.button')} onKeyDown={onMenuKey}>
            <fieldset aria-label={t('theme.light-or-dark')}>
              {THEMES.map((one) => (
                <ThemeItem
                  key={one}
                  theme={one}
                  chosen={one === theme}
                  onChoose={() => choose({ theme: one })}
                />
              ))}
            </fieldset>
            <div className="menu-part">
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
                <Check size={16} className="menu-tick" aria-hidden="true" />
              </button>
            </div>
          </div>
        </div>
      )}
    </div>
  );
}

interface ThemeItemProps {
  theme: Theme;
  chosen: boolean;
  onChoose: () => void;
}

function ThemeItem({ theme, chosen, onChoose }: ThemeItemProps) {
  const t = useT();
  const Icon = ICONS[theme];
  return (
    <button type="button" role="menuitemradio" aria-checked={chosen} tabIndex={-1} onClick={onChoose}>
      <Icon size={16} aria-hidden="true" />
      {t(`theme.${theme}`)}
      <Check size={16} className="menu-tick" aria-hidden="true" />
    </button>
  );
}
