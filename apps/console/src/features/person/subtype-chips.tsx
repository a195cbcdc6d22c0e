import type { LastUsed } from '@lampboard/protocol';
import { type KeyboardEvent, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLive } from '../../live/live-context.tsx';
import { rowsOf } from '../../live/live-state.ts';
import { boundKey } from '../../ui/keys.ts';
import { subtypesInUse, suggestedSubtypes } from './suggestions.ts';
import './subtype-chips.css';

interface SubtypeChipsProps {
  /** Undefined until it is known, null where it cannot be. */
  used: LastUsed | null | undefined;
  onPick: (subtype: string) => void;
}

/** Subtypes as they were when the person was opened: none moves while somebody aims at it. One stop for Tab, then arrows. */
export function SubtypeChips({ used, onPick }: SubtypeChipsProps) {
  const t = useT();
  const { store } = useLive();
  const [inUse] = useState(() => subtypesInUse(rowsOf(store.getState())));
  const [kept, setKept] = useState<readonly string[] | null>(null);
  const [reached, setReached] = useState(0);
  if (kept === null && used !== undefined) setKept(suggestedSubtypes(used, inUse));
  if (kept === null) return <div className="subtype-chips" />;
  if (kept.length === 0) return null;
  const subtypes = kept;

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const key = boundKey('strip', event);
    if (key === null) return;
    const step = key === 'next' ? 1 : -1;
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
