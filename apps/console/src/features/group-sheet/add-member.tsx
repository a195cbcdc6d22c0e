import { MEMBERS_MAX } from '@lampboard/protocol';
import { type KeyboardEvent, type RefObject, useCallback, useId, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { type Rows, useBoardValue } from '../../live/use-board-value.ts';
import { boundKey } from '../../ui/keys.ts';
import { TextField } from '../../ui/text-field.tsx';
import { HitList } from '../../extension/hit-list.tsx';
import { createFindHits, sameHits } from '../../extension/hits.ts';
import './add-member.css';

/** Members before the end from where on it is told how many are left. */
const NEAR = 20;

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
  const left = MEMBERS_MAX - members.length;
  const note = () => {
    if (query.trim() !== '' && ids.length === 0)
      return t(allIn ? 'group-sheet.all-in' : 'board.nobody-found', { query: query.trim() });
    return left > NEAR ? null : t('group-sheet.members-left', { count: left });
  };

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
    const key = boundKey('hits', event);
    // The first Escape is for the field, the next for the sheet.
    if (key === null || (key === 'close' && query === '')) return;
    event.preventDefault();
    event.stopPropagation();
    const size = Math.max(ids.length, 1);
    if (key === 'run') add(ids[place]);
    else if (key === 'close') ask('');
    else setMarked((place + (key === 'next' ? 1 : -1) + size) % size);
  };

  if (left <= 0) return <p>{t('group-sheet.members-full', { most: MEMBERS_MAX })}</p>;
  return (
    <div className="add-member">
      <TextField
        field={field}
        label={t('group-sheet.add')}
        note={note()}
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
