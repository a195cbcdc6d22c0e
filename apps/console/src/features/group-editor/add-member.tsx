import { MAX_GROUP_MEMBERS } from '@lampboard/protocol';
import { type RefObject, useCallback, useState } from 'react';
import { createMemberSearch, sameResult } from '../../entities/extension/member-search.ts';
import { useResultList } from '../../entities/extension/result-list.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
import { TextField } from '../../ui/form/text-field.tsx';
import './group-editor.css';

/** Members before the end from where on it is told how many are left. */
const REMAINING_SHOWN_BELOW = 20;

interface AddMemberProps {
  field: RefObject<HTMLInputElement | null>;
  members: readonly string[];
  onAdd: (id: string) => void;
}

/** Finds people as they are typed; Enter adds the marked one, and the field is ready for the next. */
export function AddMember({ field, members, onAdd }: AddMemberProps) {
  const t = useT();
  const [query, setQuery] = useState('');
  const [findMembers] = useState(createMemberSearch);
  const find = useCallback(
    (extensions: Extensions) => findMembers(query, extensions, members),
    [findMembers, query, members],
  );
  const { ids, allAreMembers } = useBoardValue(find, sameResult);
  const left = MAX_GROUP_MEMBERS - members.length;
  const note = () => {
    if (query.trim() !== '' && ids.length === 0)
      return t(allAreMembers ? 'group-sheet.all-in' : 'board.nobody-found', { query: query.trim() });
    return left > REMAINING_SHOWN_BELOW ? null : t('group-sheet.members-left', { count: left });
  };

  const search = (text: string) => {
    setQuery(text);
    resultList.reset();
  };
  const resultList = useResultList({
    ids,
    // The first Escape is for the field, the next for the sheet.
    shouldIgnore: (key) => key === 'close' && query === '',
    onAdd(id) {
      onAdd(id);
      search('');
      field.current?.focus();
    },
    onClose: () => search(''),
  });

  if (left <= 0) return <p>{t('group-sheet.members-full', { most: MAX_GROUP_MEMBERS })}</p>;
  return (
    <div className="add-member">
      <TextField
        field={field}
        label={t('group-sheet.add')}
        note={note()}
        {...resultList.field}
        placeholder={t('group-sheet.add-placeholder')}
        value={query}
        onValueChange={search}
      />
      {resultList.list}
    </div>
  );
}
