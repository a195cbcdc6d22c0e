import { type CSSProperties, useMemo, useRef } from 'react';
import type { BoardViewProps } from '../../entities/extension/board-view-props.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useVirtualBoard } from '../../entities/extension/use-virtual-board.ts';
import { boardLines } from './board-lines.ts';
import { HEADING_HEIGHT, SectionHeading } from './section-heading.tsx';
import { type TileDensity, useTileDimensions } from './tile-dimensions.ts';
import { Tile } from './tile.tsx';
import './board-grid.css';

interface BoardGridProps extends BoardViewProps {
  density: TileDensity;
  /** Shows the department on tiles that stand outside a section of it. */
  withDepartment: boolean;
}

/** The tiles in virtualized rows, below the headings of their sections. */
export function BoardGrid({ density, withDepartment, ...view }: BoardGridProps) {
  const t = useT();
  const container = useRef<HTMLDivElement>(null);
  const { columns, height, gap, zoom } = useTileDimensions(container, density);
  const { ids, sections } = view;
  const headingHeight = Math.round(HEADING_HEIGHT * zoom);
  const layout = useMemo(
    () => boardLines(ids.length, sections, columns, headingHeight),
    [ids.length, sections, columns, headingHeight],
  );
  const { virtualizer, onKeyDown, offsetTop, cellProps } = useVirtualBoard(view, {
    container,
    layout,
    lineHeight: height + gap,
    overscan: 1,
    paddingStart: 4,
    scrollPaddingStart: sections === null ? 8 : headingHeight + 4,
  });
  const sizes: CSSProperties & Record<`--${string}`, string> = {
    height: virtualizer.getTotalSize(),
    '--k': String(zoom),
    '--tile-height': `${height}px`,
    '--tile-gap': `${gap}px`,
    '--columns': String(columns),
  };
  return (
    <div ref={container} className="board-scroller board-grid" data-density={density}>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- roving focus on the tiles */}
      <div
        role="grid"
        aria-label={t('board.extensions')}
        aria-rowcount={layout.size}
        aria-colcount={columns}
        style={sizes}
        onKeyDown={onKeyDown}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const line = layout.lineAt(index);
          return (
            line !== undefined && (
              <div
                key={index}
                // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table rows cannot be positioned
                role="row"
                aria-rowindex={index + 1}
                className="board-row"
                data-line={line.kind}
                style={{ transform: `translateY(${start - offsetTop}px)` }}
              >
                {line.kind === 'heading' ? (
                  <SectionHeading section={line.section} />
                ) : (
                  ids.slice(line.from, line.to).map((id, column) => (
                    <Tile
                      // By place: a search shows others in the same elements, which costs less than new ones.
                      key={column}
                      column={column + 1}
                      density={density}
                      withDepartment={withDepartment && line.section === null}
                      {...cellProps(id)}
                    />
                  ))
                )}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
