import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { KEYS, ariaKeys, boundKey } from '../../ui/keys.ts';
import type { SortableItem } from './sortable-list.tsx';

interface SortableRowProps {
  item: SortableItem;
  place: number;
  size: number;
  onMove: (place: number) => void;
  ways: ReactNode;
  children: ReactNode;
}

const SHORTCUTS = ariaKeys(Object.values(KEYS.list).flat());

/** Holds its place in a list: the grip drags it, and the buttons move it, by themselves and by their keys. */
export function SortableRow({ item, place, size, onMove, ways, children }: SortableRowProps) {
  const t = useT();
  const { setNodeRef, setActivatorNodeRef, listeners, transform, transition, isDragging } = useSortable({
    id: item.id,
  });
  const last = size - 1;
  const moveTo = (to: number) => {
    if (to >= 0 && to <= last && to !== place) onMove(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const key = boundKey('list', event);
    if (key === null) return;
    event.preventDefault();
    moveTo({ up: place - 1, down: place + 1, first: 0, last }[key]);
  };
  const step = (to: number, word: string, icon: ReactNode) => (
    <button
      type="button"
      className="sortable-way"
      aria-label={word}
      aria-disabled={to < 0 || to > last || undefined}
      aria-keyshortcuts={SHORTCUTS}
      onKeyDown={onKeyDown}
      onClick={() => moveTo(to)}
    >
      {icon}
    </button>
  );

  return (
    <li
      ref={setNodeRef}
      className="sortable-row"
      data-item={item.id}
      data-dragging={isDragging || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <span ref={setActivatorNodeRef} className="sortable-grip" aria-hidden="true" {...listeners}>
        <GripVertical size={16} />
      </span>
      <div className="sortable-body">{children}</div>
      <div className="sortable-ways">
        {step(place - 1, t('group-sheet.up', { name: item.name }), <ArrowUp size={16} aria-hidden="true" />)}
        {step(
          place + 1,
          t('group-sheet.down', { name: item.name }),
          <ArrowDown size={16} aria-hidden="true" />,
        )}
        {ways}
      </div>
    </li>
  );
}
