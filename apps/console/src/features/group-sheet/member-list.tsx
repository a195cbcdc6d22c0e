import { X } from 'lucide-react';
import { useCallback, useRef } from 'react';
import { inContext } from '../../extension/extension-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useRepeatedNumbers } from '../../live/live-context.tsx';
import { type Rows, sameList, useBoardValue } from '../../live/use-board-value.ts';
import { useKeptFocus } from '../../ui/use-kept-focus.ts';
import { MemberName } from '../../extension/member-name.tsx';
import { SortableList } from './sortable-list.tsx';

interface MemberListProps {
  members: readonly string[];
  onMove: (id: string, place: number) => void;
  onRemove: (id: string) => void;
  /** The last one that had the focus has gone. */
  onEmptied: () => void;
}

/** Who is in the group, in the order that was chosen. */
export function MemberList({ members, onMove, onRemove, onEmptied }: MemberListProps) {
  const t = useT();
  const root = useRef<HTMLDivElement>(null);
  const lastRemoved = useRef(0);
  const repeated = useRepeatedNumbers();
  const findNames = useCallback(
    (rows: Rows) =>
      members.map((id) => {
        const row = rows.get(id);
        if (row === undefined) return id;
        return inContext(row.person.name || row.exten, repeated.has(row.exten) ? row.context : null);
      }),
    [members, repeated],
  );
  const names = useBoardValue(findNames, sameList);
  useKeptFocus(root, () => {
    const next = root.current?.querySelectorAll<HTMLElement>('.member-remove') ?? [];
    if (next.length === 0) onEmptied();
    else next[Math.min(lastRemoved.current, next.length - 1)]?.focus();
  });

  return (
    <div ref={root}>
      <SortableList
        label={t('group-sheet.members')}
        items={members.map((id, place) => ({ id, name: names[place] ?? id }))}
        onMove={onMove}
        renderWays={({ id, name }) => (
          <button
            type="button"
            className="sortable-way member-remove"
            aria-label={t('group-sheet.remove', { name })}
            onClick={() => {
              lastRemoved.current = members.indexOf(id);
              onRemove(id);
            }}
          >
            <X size={16} aria-hidden="true" />
          </button>
        )}
      >
        {({ id }) => <MemberName id={id} />}
      </SortableList>
    </div>
  );
}
