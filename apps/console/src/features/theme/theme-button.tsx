import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { type Theme, applyTheme, keepTheme, keptTheme, nextTheme } from './theme.ts';
import './theme-button.css';

const LOOKS = {
  system: { Icon: Monitor, word: 'as the system' },
  light: { Icon: Sun, word: 'light' },
  dark: { Icon: Moon, word: 'dark' },
} as const satisfies Record<Theme, unknown>;

/** Goes round: as the system has it, light, dark. */
export function ThemeButton() {
  const [theme, setTheme] = useState(keptTheme);
  const { Icon, word } = LOOKS[theme];

  const onClick = () => {
    const next = nextTheme(theme);
    setTheme(next);
    applyTheme(next);
    keepTheme(next);
  };

  return (
    <button
      type="button"
      className="theme-button"
      aria-label={`Theme: ${word}`}
      title={`Theme: ${word}. Next: ${LOOKS[nextTheme(theme)].word}`}
      onClick={onClick}
    >
      <Icon size={17} aria-hidden="true" />
    </button>
  );
}
