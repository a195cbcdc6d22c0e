import type { RecentValues } from '@lampboard/protocol';
import { type KeyboardEvent, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLive } from '../../data/socket/live-context.tsx';
import { extensionsOf } from '../../data/socket/connection-state.ts';
import { matchShortcut } from '../../keyboard/shortcuts.ts';
import { subtypesInUse, suggestedSubtypes } from './subtype-suggestions.ts';
import './presence-editor.css';
import { AutoTextarea } from '../../ui/form/auto-textarea.tsx';
import { Field } from '../../ui/form/field.tsx';
import { subtypeByteCountLabel } from './byte-count-label.ts';

interface SubtypeFieldProps {
  value: string;
  recentValues: RecentValues | null | undefined;
  onChange: (value: string) => void;
}

/** Single-line input that keeps stored line breaks. */
export function SubtypeField({ value, recentValues, onChange }: SubtypeFieldProps) {
  const t = useT();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
    }
  };

  return (
    <div>
      <Field label={t('editor.subtype')} note={subtypeByteCountLabel(t, value)}>
        {(id, noteId) => (
          <AutoTextarea
            id={id}
            name="subtype"
            rows={1}
            dir="auto"
            value={value}
            aria-describedby={noteId}
            onKeyDown={onKeyDown}
            onValueChange={onChange}
          />
        )}
      </Field>
      <SubtypeChips recentValues={recentValues} onPick={onChange} />
    </div>
  );
}

interface SubtypeChipsProps {
  /** Undefined while loading, null on failure. */
  recentValues: RecentValues | null | undefined;
  onPick: (subtype: string) => void;
}

/** Suggested subtypes as a toolbar with roving focus; frozen once loaded, so that none moves. */
function SubtypeChips({ recentValues, onPick }: SubtypeChipsProps) {
  const t = useT();
  const { store } = useLive();
  const [inUse] = useState(() => subtypesInUse(extensionsOf(store.getState())));
  const [frozenSubtypes, setFrozenSubtypes] = useState<readonly string[] | null>(null);
  const [focusedIndex, setFocusedIndex] = useState(0);
  if (frozenSubtypes === null && recentValues !== undefined)
    setFrozenSubtypes(suggestedSubtypes(recentValues, inUse));
  if (frozenSubtypes === null) return <div className="chips" />;
  if (frozenSubtypes.length === 0) return null;
  const subtypes = frozenSubtypes;

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const key = matchShortcut('toolbar', event);
    if (key === null) return;
    const step = key === 'next' ? 1 : -1;
    event.preventDefault();
    const next = (focusedIndex + step + subtypes.length) % subtypes.length;
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- roving focus on the buttons
    <div role="toolbar" aria-label={t('editor.subtype-suggestions')} className="chips" onKeyDown={onKeyDown}>
      {subtypes.map((subtype, index) => (
        <button
          key={subtype}
          type="button"
          className="chip chip-dashed truncate"
          dir="auto"
          title={subtype}
          tabIndex={index === focusedIndex ? 0 : -1}
          onFocus={() => setFocusedIndex(index)}
          onClick={() => onPick(subtype)}
        >
          {subtype}
        </button>
      ))}
    </div>
  );
}
