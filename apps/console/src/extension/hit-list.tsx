import { useT } from '../i18n/i18n-context.tsx';
import { MemberName } from './member-name.tsx';
import './hit-list.css';

interface HitListProps {
  listId: string;
  ids: readonly string[];
  /** Place of the one that Enter adds, counted from 0. */
  marked: number;
  onMark: (place: number) => void;
  onAdd: (id: string) => void;
}

/** The list of a combobox: the focus stays in the field, which names the one that is marked. */
export function HitList({ listId, ids, marked, onMark, onAdd }: HitListProps) {
  const t = useT();
  return (
    <div
      id={listId}
      className="hit-list"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- options of two lines
      role="listbox"
      aria-label={t('group-sheet.hits')}
    >
      {ids.map((id, place) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the focus, and the keys
        <div
          key={id}
          id={`${listId}-${place}`}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- options of two lines
          role="option"
          tabIndex={-1}
          aria-selected={place === marked}
          // The focus stays in the field.
          onPointerDown={(event) => event.preventDefault()}
          onPointerMove={() => onMark(place)}
          onClick={() => onAdd(id)}
        >
          <MemberName id={id} />
        </div>
      ))}
    </div>
  );
}
