import { type KeyboardEvent, useCallback, useId, useState } from 'react';
import { HitList } from '../../extension/hit-list.tsx';
import { createFindHits, sameHits } from '../../extension/hits.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { type Rows, useBoardValue } from '../../live/use-board-value.ts';
import { boundKey } from '../../ui/keys.ts';
import { TextField } from '../../ui/text-field.tsx';
import { lastTyped, withLast } from './extensions-text.ts';

interface ExtensionsFieldProps {
  note: string;
  refused: boolean;
  value: string;
  onText: (text: string) => void;
}

/** Extensions by commas: whoever is meant by the last one is found on the board by number or name. */
export function ExtensionsField({ note, refused, value, onText }: ExtensionsFieldProps) {
  const t = useT();
  const listId = useId();
  const [marked, setMarked] = useState(0);
  const [isOpen, setIsOpen] = useState(false);
  const [findHits] = useState(createFindHits);
  const query = isOpen ? lastTyped(value) : '';
  const find = useCallback((rows: Rows) => findHits(query, rows, []), [findHits, query]);
  const { ids } = useBoardValue(find, sameHits);
  const position = Math.min(marked, ids.length - 1);

  const type = (text: string) => {
    setIsOpen(true);
    setMarked(0);
    onText(text);
  };
  const add = (id: string | undefined) => {
    setIsOpen(false);
    if (id !== undefined) onText(withLast(value, id));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || ids.length === 0) return;
    const key = boundKey('hits', event);
    if (key === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (key === 'run') add(ids[position]);
    else if (key === 'close') setIsOpen(false);
    else setMarked((position + (key === 'next' ? 1 : -1) + ids.length) % ids.length);
  };

  return (
    <div className="extensions-field">
      <TextField
        label={t('accounts.extensions')}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a field to search in, with hits of two lines
        role="combobox"
        aria-expanded={ids.length > 0}
        aria-controls={ids.length > 0 ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={ids.length > 0 ? `${listId}-${position}` : undefined}
        autoComplete="off"
        spellCheck={false}
        refused={refused}
        note={note}
        value={value}
        onText={type}
        onKeyDown={onKeyDown}
        onBlur={() => setIsOpen(false)}
      />
      {ids.length > 0 && (
        <HitList listId={listId} ids={ids} marked={position} onMark={setMarked} onAdd={add} />
      )}
    </div>
  );
}
