import { type KeyboardEvent, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLive } from '../../live/live-context.tsx';
import { rowsOf } from '../../live/live-state.ts';
import { subtypesInUse } from './suggestions.ts';
import './subtype-chips.css';

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Subtypes in use when the person was opened: none moves while somebody aims at it. One stop for Tab, then arrows. */
export function SubtypeChips({ onPick }: { onPick: (subtype: string) => void }) {
  const t = useT();
  const { store } = useLive();
  const [subtypes] = useState(() => subtypesInUse(rowsOf(store.getState())));
  const [reached, setReached] = useState(0);
  if (subtypes.length === 0) return null;

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (reached + step + subtypes.length) % subtypes.length;
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the buttons in it take the focus in turn
    <div
      role="toolbar"
      aria-label={t('editor.subtypes-in-use')}
      className="subtype-chips"
      onKeyDown={onKeyDown}
    >
      {subtypes.map((subtype, place) => (
        <button
          key={subtype}
          type="button"
          dir="auto"
          title={subtype}
          tabIndex={place === reached ? 0 : -1}
          onFocus={() => setReached(place)}
          onClick={() => onPick(subtype)}
        >
          {subtype}
        </button>
      ))}
    </div>
  );
}
