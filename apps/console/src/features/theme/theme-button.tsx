import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { type Theme, applyTheme, keepTheme, keptTheme, nextTheme } from './theme.ts';
import './theme-button.css';

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const satisfies Record<Theme, unknown>;

/** Goes round: as the system has it, light, dark. */
export function ThemeButton() {
  const t = useT();
  const [theme, setTheme] = useState(keptTheme);
  const next = nextTheme(theme);
  const Icon = ICONS[theme];
  const word = t(`theme.${theme}`);

  const onClick = () => {
    setTheme(next);
    applyTheme(next);
    keepTheme(next);
  };

  return (
    <button
      type="button"
      className="theme-button"
      aria-label={t('theme.now', { theme: word })}
      title={t('theme.now-and-next', { theme: word, next: t(`theme.${next}`) })}
      onClick={onClick}
    >
      <Icon size={17} aria-hidden="true" />
    </button>
  );
}
