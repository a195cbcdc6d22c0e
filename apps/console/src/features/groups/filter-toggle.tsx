import type { ReactNode } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';

interface FilterToggleProps {
  pressed: boolean;
  icon?: ReactNode;
  word: string;
  count: number;
  /** Somebody should look after those that it leaves. */
  urgent?: boolean;
  onToggle: () => void;
}

export function FilterToggle({ pressed, icon, word, count, urgent = false, onToggle }: FilterToggleProps) {
  const t = useT();
  return (
    <li>
      <button
        type="button"
        className="side-item"
        aria-pressed={pressed}
        data-none={count === 0 || undefined}
        onClick={onToggle}
      >
        {icon}
        <span className="side-label">{word}</span>
        <span className="side-count" data-urgent={(urgent && count > 0) || undefined}>
          {count.toLocaleString(t.locale)}
        </span>
      </button>
    </li>
  );
}
