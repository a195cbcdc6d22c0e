import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';

interface FilterFoldProps {
  word: string;
  /** How many of the toggles in it are pressed: told while it is folded away. */
  pressed: number;
  children: ReactNode;
}

/** Toggles that are folded away until somebody asks for them. */
export function FilterFold({ word, pressed, children }: FilterFoldProps) {
  const t = useT();
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div className="filter-fold">
      <button
        type="button"
        className="side-item"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <ChevronRight size={14} aria-hidden="true" />
        <span className="side-label">{word}</span>
        {pressed > 0 && !open && (
          <span className="filter-fold-pressed">
            <span aria-hidden="true">{pressed}</span>
            <span className="unseen">{t('filter.chosen', { count: pressed })}</span>
          </span>
        )}
      </button>
      {open && (
        <ul id={id} aria-label={word}>
          {children}
        </ul>
      )}
    </div>
  );
}
