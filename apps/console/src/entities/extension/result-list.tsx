import { useT } from '../../i18n/i18n-context.tsx';
import { ExtensionName } from './extension-name.tsx';
import './result-list.css';
import { type KeyboardEvent, useId, useState } from 'react';
import { type ShortcutName, matchShortcut } from '../../keyboard/shortcuts.ts';

interface ResultListOptions {
  ids: readonly string[];
  /** Leaves the key to the surrounding elements. */
  shouldIgnore: (key: ShortcutName<'results'>) => boolean;
  onAdd: (id: string) => void;
  onClose: () => void;
}

/** A combobox of extensions: arrow keys highlight, Enter or a click adds, Escape closes. */
export function useResultList({ ids, shouldIgnore, onAdd, onClose }: ResultListOptions) {
  const t = useT();
  const listId = useId();
  const [activeIndex, setActiveIndex] = useState(0);
  const position = Math.min(activeIndex, ids.length - 1);
  const isOpen = ids.length > 0;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const key = matchShortcut('results', event);
    if (key === null || shouldIgnore(key)) return;
    event.preventDefault();
    event.stopPropagation();
    const size = Math.max(ids.length, 1);
    const id = ids[position];
    if (key === 'close') onClose();
    else if (key !== 'run') setActiveIndex((position + (key === 'next' ? 1 : -1) + size) % size);
    else if (id !== undefined) onAdd(id);
  };

  return {
    /** Props of the field, which keeps focus. */
    field: {
      role: 'combobox',
      'aria-expanded': isOpen,
      'aria-controls': isOpen ? listId : undefined,
      'aria-autocomplete': 'list' as const,
      'aria-activedescendant': isOpen ? `${listId}-${position}` : undefined,
      autoComplete: 'off',
      spellCheck: false,
      onKeyDown,
    },
    list: isOpen && (
      <div
        id={listId}
        className="card result-list"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- options of two lines
        role="listbox"
        aria-label={t('search.results')}
      >
        {ids.map((id, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field handles keys
          <div
            key={id}
            id={`${listId}-${index}`}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- options of two lines
            role="option"
            tabIndex={-1}
            aria-selected={index === position}
            // Keeps focus in the field.
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => setActiveIndex(index)}
            onClick={() => onAdd(id)}
          >
            <ExtensionName id={id} />
          </div>
        ))}
      </div>
    ),
    /** Highlights the first result. */
    reset: () => setActiveIndex(0),
  };
}
