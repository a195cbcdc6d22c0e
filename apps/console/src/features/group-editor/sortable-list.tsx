import {
  DndContext,
  type DragEndEvent,
  type Modifier,
  PointerSensor,
  closestCenter,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { type ReactNode, useEffect, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { matchShortcut } from '../../keyboard/shortcuts.ts';
import { type SortableItem, SortableListItem } from './sortable-list-item.tsx';
import './group-editor.css';

interface SortableListProps<T extends SortableItem> {
  label: string;
  items: readonly T[];
  onMove: (id: string, index: number) => void;
  children: (item: T) => ReactNode;
  renderActions: (item: T) => ReactNode;
}

const verticalOnly: Modifier = ({ transform }) => ({ ...transform, x: 0 });
/** The list announces moves itself. */
const NO_ANNOUNCEMENTS = {
  announcements: {
    onDragStart: () => undefined,
    onDragOver: () => undefined,
    onDragEnd: () => undefined,
    onDragCancel: () => undefined,
  },
  screenReaderInstructions: { draggable: '' },
};

/** A list that is reordered by drag, by buttons, and by arrow keys on these. */
export function SortableList<T extends SortableItem>(props: SortableListProps<T>) {
  const { label, items, onMove, children, renderActions } = props;
  const t = useT();
  const [announcement, setAnnouncement] = useState('');
  const [dragging, setDragging] = useState(false);
  useDragEscape(dragging);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }));

  const move = ({ id, name }: SortableItem, index: number) => {
    onMove(id, index);
    setAnnouncement(t('group-editor.moved', { name, position: index + 1, count: items.length }));
  };
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    setDragging(false);
    const item = items.find(({ id }) => id === active.id);
    const index = items.findIndex(({ id }) => id === over?.id);
    if (item !== undefined && index !== -1 && over?.id !== active.id) move(item, index);
  };

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      modifiers={[verticalOnly]}
      accessibility={NO_ANNOUNCEMENTS}
      onDragStart={() => setDragging(true)}
      onDragCancel={() => setDragging(false)}
      onDragEnd={onDragEnd}
    >
      <SortableContext items={items.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
        <ol className="sortable-list" aria-label={label}>
          {items.map((item, index) => (
            <SortableListItem
              key={item.id}
              item={item}
              index={index}
              size={items.length}
              onMove={(to) => move(item, to)}
              actions={renderActions(item)}
            >
              {children(item)}
            </SortableListItem>
          ))}
        </ol>
      </SortableContext>
      <output className="visually-hidden">{announcement}</output>
    </DndContext>
  );
}

/** Escape cancels the drag, which dnd-kit handles at the document, and closes nothing else. */
function useDragEscape(dragging: boolean): void {
  useEffect(() => {
    if (!dragging) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (matchShortcut('global', event) === 'close') event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [dragging]);
}

export function moveItem(ids: readonly string[], id: string, index: number): readonly string[] {
  const rest = ids.filter((other) => other !== id);
  return rest.length === ids.length ? ids : rest.toSpliced(index, 0, id);
}
