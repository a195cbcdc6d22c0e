import { type InputHTMLAttributes, type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { type KeyName, boundKey } from '../ui/keys.ts';
import { HitList } from './hit-list.tsx';

interface HitListOptions {
  /** The extensions found. */
  ids: readonly string[];
  /** Leaves the key to what is around the field. */
  ignores: (key: KeyName<'hits'>) => boolean;
  onAdd: (id: string) => void;
  onClose: () => void;
}

interface Combobox {
  /** Props of the field, which keeps the focus. */
  field: Pick<
    InputHTMLAttributes<HTMLInputElement>,
    | 'role'
    | 'aria-expanded'
    | 'aria-controls'
    | 'aria-autocomplete'
    | 'aria-activedescendant'
    | 'autoComplete'
    | 'spellCheck'
    | 'onKeyDown'
  >;
  /** The list; null where nothing is found. */
  list: ReactNode;
  /** Marks the first again. */
  restart: () => void;
}

/** Returns a combobox over extensions: arrow keys mark one, Enter or a click adds it, Escape closes the list. */
export function useHitList({ ids, ignores, onAdd, onClose }: HitListOptions): Combobox {
  const listId = useId();
  const [marked, setMarked] = useState(0);
  const position = Math.min(marked, ids.length - 1);
  const isOpen = ids.length > 0;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const key = boundKey('hits', event);
    if (key === null || ignores(key)) return;
    event.preventDefault();
    event.stopPropagation();
    const size = Math.max(ids.length, 1);
    const id = ids[position];
    if (key === 'close') onClose();
    else if (key !== 'run') setMarked((position + (key === 'next' ? 1 : -1) + size) % size);
    else if (id !== undefined) onAdd(id);
  };

  return {
    field: {
      role: 'combobox',
      'aria-expanded': isOpen,
      'aria-controls': isOpen ? listId : undefined,
      'aria-autocomplete': 'list',
      'aria-activedescendant': isOpen ? `${listId}-${position}` : undefined,
      autoComplete: 'off',
      spellCheck: false,
      onKeyDown,
    },
    list: isOpen ? (
      <HitList listId={listId} ids={ids} marked={position} onMark={setMarked} onAdd={onAdd} />
    ) : null,
    restart: () => setMarked(0),
  };
}
