import { MAX_GROUP_MEMBERS } from '@lampboard/protocol';
import { type RefObject, useCallback, useState } from 'react';
import { createMemberSearch } from '../../entities/extension/member-search.ts';
import { useResultList } from '../../entities/extension/result-list.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
import { TextField } from '../../ui/form/text-field.tsx';
import './group-editor.css';

const REMAINING_SHOWN_BELOW = 20;

interface AddMemberProps {
  field: RefObject<HTMLInputElement | null>;
  members: readonly string[];
  onAdd: (id: string) => void;
}

/** Combobox that adds people to the group. */
export function AddMember({ field, members, onAdd }: AddMemberProps) {
  const t = useT();
  const [query, setQuery] = useState('');
  const [findMembers] = useState(createMemberSearch);
  const find = useCallback(
    (extensions: Extensions) => findMembers(query, extensions, members),
    [findMembers, query, members],
  );
  const { ids, allAreMembers } = useBoardValue(find);
  const left = MAX_GROUP_MEMBERS - members.length;
  const note = () => {
    if (query.trim() !== '' && ids.length === 0)
      return t(allAreMembers ? 'group-editor.all-are-members' : 'board.no-results', { query: query.trim() });
    return left > REMAINING_SHOWN_BELOW ? null : t('group-editor.members-left', { count: left });
  };

  const search = (text: string) => {
    setQuery(text);
    resultList.reset();
  };
  const resultList = useResultList({
    ids,
    // The first Escape clears the field, the second closes the sheet.
    shouldIgnore: (key) => key === 'close' && query === '',
    onAdd(id) {
      onAdd(id);
      search('');
      field.current?.focus();
    },
    onClose: () => search(''),
  });

  if (left <= 0) return <p>{t('group-editor.members-full', { max: MAX_GROUP_MEMBERS })}</p>;
  return (
    <div className="add-member">
      <TextField
        field={field}
        label={t('group-editor.add')}
        note={note()}
        {...resultList.field}
        placeholder={t('group-editor.add-placeholder')}
        value={query}
        onValueChange={search}
      />
      {resultList.list}
    </div>
  );
}
