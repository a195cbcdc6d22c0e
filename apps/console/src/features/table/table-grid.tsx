import { useMemo, useRef } from 'react';
import type { BoardViewProps } from '../../entities/extension/board-view-props.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { evenLayout, useVirtualBoard } from '../../entities/extension/use-virtual-board.ts';
import { useMeasurement } from '../../ui/use-measurement.ts';
import { COLUMNS, FUNCTION_COLUMNS, HEADER_HEIGHT_PX, NARROW_WIDTH_PX, ROW_HEIGHT_PX } from './columns.ts';
import { TableHeader } from './table-head.tsx';
import { TableRow } from './table-row.tsx';
import './table-grid.css';

const isNarrow = ({ clientWidth }: HTMLElement) => clientWidth > 0 && clientWidth < NARROW_WIDTH_PX;

interface TableGridProps extends BoardViewProps {
  /** Rows without presence, as in a group of functions. */
  functions: boolean;
}

export function TableGrid({ functions, ...view }: TableGridProps) {
  const t = useT();
  const container = useRef<HTMLDivElement>(null);
  const columns = functions ? FUNCTION_COLUMNS : COLUMNS;
  const narrow = useMeasurement(container, isNarrow, false);
  const layout = useMemo(() => evenLayout(view.ids.length, 1), [view.ids.length]);
  const { virtualizer, onKeyDown, offsetTop, cellProps } = useVirtualBoard(view, {
    container,
    layout,
    lineHeight: narrow ? ROW_HEIGHT_PX.narrow : ROW_HEIGHT_PX.wide,
    overscan: 3,
    paddingStart: HEADER_HEIGHT_PX,
    scrollPaddingStart: HEADER_HEIGHT_PX + 6,
  });

  return (
    <div ref={container} className="board-scroller table-grid" data-functions={functions || undefined}>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- roving focus on the rows */}
      <div
        role="grid"
        aria-label={t('board.extensions')}
        aria-rowcount={view.ids.length + 1}
        aria-colcount={columns.length}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        <TableHeader columns={columns} />
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const id = view.ids[index];
          return (
            id !== undefined && (
              <TableRow
                key={id}
                columns={columns}
                index={index}
                start={start - offsetTop}
                {...cellProps(id)}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
