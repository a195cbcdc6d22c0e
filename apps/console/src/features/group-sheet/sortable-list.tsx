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
import { boundKey } from '../../ui/keys.ts';
import { SortableRow } from './sortable-row.tsx';
import './sortable-list.css';

export interface SortableItem {
  readonly id: string;
  readonly name: string;
}

interface SortableListProps<T extends SortableItem> {
  label: string;
  items: readonly T[];
  /** `place` counts from 0. */
  onMove: (id: string, place: number) => void;
  children: (item: T) => ReactNode;
  /** Buttons at the end of a row. */
  renderWays: (item: T) => ReactNode;
}

const straight: Modifier = ({ transform }) => ({ ...transform, x: 0 });
/** The list tells moves itself, in its own words. */
const SILENT = {
  announcements: {
    onDragStart: () => undefined,
    onDragOver: () => undefined,
    onDragEnd: () => undefined,
    onDragCancel: () => undefined,
  },
  screenReaderInstructions: { draggable: '' },
};

/** A list in an order of one's own: by dragging with mouse or finger, by buttons, and by arrow keys on these. */
export function SortableList<T extends SortableItem>(props: SortableListProps<T>) {
  const { label, items, onMove, children, renderWays } = props;
  const t = useT();
  const [news, setNews] = useState('');
  const [dragging, setDragging] = useState(false);
  useOwnEscape(dragging);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }));

  const move = ({ id, name }: SortableItem, place: number) => {
    onMove(id, place);
    setNews(t('group-sheet.moved', { name, place: place + 1, count: items.length }));
  };
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    setDragging(false);
    const item = items.find(({ id }) => id === active.id);
    const place = items.findIndex(({ id }) => id === over?.id);
    if (item !== undefined && place !== -1 && over?.id !== active.id) move(item, place);
  };

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      modifiers={[straight]}
      accessibility={SILENT}
      onDragStart={() => setDragging(true)}
      onDragCancel={() => setDragging(false)}
      onDragEnd={onDragEnd}
    >
      <SortableContext items={items.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
        <ol className="sortable-list" aria-label={label}>
          {items.map((item, place) => (
            <SortableRow
              key={item.id}
              item={item}
              place={place}
              size={items.length}
              onMove={(to) => move(item, to)}
              ways={renderWays(item)}
            >
              {children(item)}
            </SortableRow>
          ))}
        </ol>
      </SortableContext>
      <output className="unseen">{news}</output>
    </DndContext>
  );
}

/** Escape ends the drag, which hears it at the document, and closes nothing around the list. */
function useOwnEscape(dragging: boolean): void {
  useEffect(() => {
    if (!dragging) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (boundKey('everywhere', event) === 'close') event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [dragging]);
}
