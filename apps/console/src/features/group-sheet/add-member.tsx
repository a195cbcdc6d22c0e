import { MEMBERS_MAX } from '@lampboard/protocol';
import { type RefObject, useCallback, useState } from 'react';
import { createFindHits, sameHits } from '../../extension/hits.ts';
import { useHitList } from '../../extension/use-hit-list.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { type Rows, useBoardValue } from '../../live/use-board-value.ts';
import { TextField } from '../../ui/text-field.tsx';
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
  const [query, setQuery] = useState('');
  const [findHits] = useState(createFindHits);
  const find = useCallback((rows: Rows) => findHits(query, rows, members), [findHits, query, members]);
  const { ids, allIn } = useBoardValue(find, sameHits);
  const left = MEMBERS_MAX - members.length;
  const note = () => {
    if (query.trim() !== '' && ids.length === 0)
      return t(allIn ? 'group-sheet.all-in' : 'board.nobody-found', { query: query.trim() });
    return left > NEAR ? null : t('group-sheet.members-left', { count: left });
  };

  const ask = (text: string) => {
    setQuery(text);
    hits.restart();
  };
  const hits = useHitList({
    ids,
    // The first Escape is for the field, the next for the sheet.
    ignores: (key) => key === 'close' && query === '',
    onAdd(id) {
      onAdd(id);
      ask('');
      field.current?.focus();
    },
    onClose: () => ask(''),
  });

  if (left <= 0) return <p>{t('group-sheet.members-full', { most: MEMBERS_MAX })}</p>;
  return (
    <div className="add-member">
      <TextField
        field={field}
        label={t('group-sheet.add')}
        note={note()}
        {...hits.field}
        placeholder={t('group-sheet.add-placeholder')}
        value={query}
        onText={ask}
      />
      {hits.list}
    </div>
  );
}
