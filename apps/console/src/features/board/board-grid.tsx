import { type CSSProperties, useRef } from 'react';
import type { BoardViewProps } from '../../entities/extension/board-view-props.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useVirtualBoard } from '../../entities/extension/use-virtual-board.ts';
import { TILE_DIMENSIONS, type TileDensity, useColumns } from './tile-dimensions.ts';
import { Tile } from './tile.tsx';
import './board-grid.css';

/** The tiles in virtualized rows. */
export function BoardGrid({ density, ...view }: BoardViewProps & { density: TileDensity }) {
  const t = useT();
  const size = TILE_DIMENSIONS[density];
  const container = useRef<HTMLDivElement>(null);
  const columns = useColumns(container, size);
  const { virtualizer, onKeyDown, offsetTop, cellProps } = useVirtualBoard(view, {
    container,
    columns,
    lineHeight: size.height,
    gap: size.gap,
    overscan: 2,
    paddingStart: 4,
    scrollPaddingStart: 8,
  });
  const sizes: CSSProperties & Record<`--${string}`, string> = {
    height: virtualizer.getTotalSize(),
    '--tile-height': `${size.height}px`,
    '--tile-gap': `${size.gap}px`,
    '--columns': String(columns),
  };
  return (
    <div ref={container} className="board-scroller board-grid" data-density={density}>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- roving focus on the tiles */}
      <div
        role="grid"
        aria-label={t('board.extensions')}
        aria-rowcount={virtualizer.options.count}
        aria-colcount={columns}
        style={sizes}
        onKeyDown={onKeyDown}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table rows cannot be positioned
            role="row"
            aria-rowindex={index + 1}
            className="board-row"
            style={{ transform: `translateY(${start - offsetTop}px)` }}
          >
            {view.ids.slice(index * columns, (index + 1) * columns).map((id, column) => (
              <Tile key={id} column={column + 1} {...cellProps(id)} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
