import { type KeyboardEvent, type RefObject, useCallback, useId, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { type Rows, useBoardValue } from '../../live/use-board-value.ts';
import { TextField } from '../../ui/text-field.tsx';
import { HitList } from './hit-list.tsx';
import { createFindHits, sameHits } from './hits.ts';
import './add-member.css';

interface AddMemberProps {
  field: RefObject<HTMLInputElement | null>;
  members: readonly string[];
  onAdd: (id: string) => void;
}

/** Finds people as they are typed; Enter adds the marked one, and the field is ready for the next. */
export function AddMember({ field, members, onAdd }: AddMemberProps) {
  const t = useT();
  const listId = useId();
  const [query, setQuery] = useState('');
  const [marked, setMarked] = useState(0);
  const [findHits] = useState(createFindHits);
  const find = useCallback((rows: Rows) => findHits(query, rows, members), [findHits, query, members]);
  const { ids, allIn } = useBoardValue(find, sameHits);
  const place = Math.min(marked, ids.length - 1);
  const nobody = query.trim() !== '' && ids.length === 0;

  const ask = (text: string) => {
    setQuery(text);
    setMarked(0);
  };
  const add = (id: string | undefined) => {
    if (id === undefined) return;
    onAdd(id);
    ask('');
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const does: Readonly<Record<string, (() => void) | undefined>> = {
      Enter: () => add(ids[place]),
      ArrowDown: () => setMarked((place + 1) % Math.max(ids.length, 1)),
      ArrowUp: () => setMarked((place - 1 + ids.length) % Math.max(ids.length, 1)),
      // The first Escape is for the field, the next for the sheet.
      Escape: query === '' ? undefined : () => ask(''),
    };
    const what = does[event.key];
    if (what === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    what();
  };

  return (
    <div className="add-member">
      <TextField
        field={field}
        label={t('group-sheet.add')}
        note={nobody ? t(allIn ? 'group-sheet.all-in' : 'board.nobody-found', { query: query.trim() }) : null}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a field to search in, with hits of two lines
        role="combobox"
        aria-expanded={ids.length > 0}
        aria-controls={ids.length > 0 ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={ids.length > 0 ? `${listId}-${place}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('group-sheet.add-placeholder')}
        value={query}
        onText={ask}
        onKeyDown={onKeyDown}
      />
      {ids.length > 0 && <HitList listId={listId} ids={ids} marked={place} onMark={setMarked} onAdd={add} />}
    </div>
  );
}
