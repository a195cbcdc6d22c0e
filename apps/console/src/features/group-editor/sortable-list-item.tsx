import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ArrowDown, ArrowUp, GripVertical, type LucideIcon } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { SHORTCUTS, ariaKeyShortcuts, matchShortcut } from '../../keyboard/shortcuts.ts';
import { IconButton } from '../../ui/button.tsx';

export interface SortableItem {
  readonly id: string;
  readonly name: string;
}

interface SortableListItemProps {
  item: SortableItem;
  index: number;
  size: number;
  onMove: (index: number) => void;
  actions: ReactNode;
  children: ReactNode;
}

const ARIA_SHORTCUTS = ariaKeyShortcuts(Object.values(SHORTCUTS.list).flat());

export function SortableListItem({ item, index, size, onMove, actions, children }: SortableListItemProps) {
  const t = useT();
  const { setNodeRef, setActivatorNodeRef, listeners, transform, transition, isDragging } = useSortable({
    id: item.id,
  });
  const last = size - 1;
  const moveTo = (to: number) => {
    if (to >= 0 && to <= last && to !== index) onMove(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const key = matchShortcut('list', event);
    if (key === null) return;
    event.preventDefault();
    moveTo({ up: index - 1, down: index + 1, first: 0, last }[key]);
  };
  const moveButton = (to: number, label: string, Icon: LucideIcon) => (
    <IconButton
      Icon={Icon}
      size={16}
      label={label}
      aria-disabled={to < 0 || to > last || undefined}
      aria-keyshortcuts={ARIA_SHORTCUTS}
      onKeyDown={onKeyDown}
      onClick={() => moveTo(to)}
    />
  );

  return (
    <li
      ref={setNodeRef}
      className="sortable-row"
      data-item={item.id}
      data-dragging={isDragging || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <span ref={setActivatorNodeRef} className="sortable-handle" aria-hidden="true" {...listeners}>
        <GripVertical size={16} />
      </span>
      <div className="sortable-body">{children}</div>
      <div className="sortable-actions">
        {moveButton(index - 1, t('group-editor.move-up', { name: item.name }), ArrowUp)}
        {moveButton(index + 1, t('group-editor.move-down', { name: item.name }), ArrowDown)}
        {actions}
      </div>
    </li>
  );
}
