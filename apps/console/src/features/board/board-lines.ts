import type { BoardSection } from '../../entities/extension/select/sections.ts';
import { type BoardLayout, evenLayout } from '../../entities/extension/use-virtual-board.ts';

/** A line of the board: a heading, or tiles from one index to before another. */
export type BoardLine =
  | { readonly kind: 'heading'; readonly section: BoardSection }
  | {
      readonly kind: 'tiles';
      readonly from: number;
      readonly to: number;
      readonly section: BoardSection | null;
    };

interface BoardLines extends BoardLayout {
  readonly lineAt: (position: number) => BoardLine | undefined;
}

/** Lays the tiles of each section out below its heading; without sections, all of them in even lines. */
export function boardLines(
  count: number,
  sections: readonly BoardSection[] | null,
  columns: number,
  headingHeight: number,
): BoardLines {
  if (sections === null) {
    const lineAt = (position: number): BoardLine => {
      const from = position * columns;
      return { kind: 'tiles', from, to: Math.min(count, from + columns), section: null };
    };
    return { ...evenLayout(count, columns), lineAt };
  }
  const all: BoardLine[] = [];
  const lines: number[] = [];
  const positions: number[] = [];
  let start = 0;
  for (const section of sections) {
    all.push({ kind: 'heading', section });
    const end = start + section.ids.length;
    for (let from = start; from < end; from += columns) {
      lines.push(from);
      positions.push(all.length);
      all.push({ kind: 'tiles', from, to: Math.min(end, from + columns), section });
    }
    start = end;
  }
  return {
    lineAt: (position) => all[position],
    lines,
    size: all.length,
    positionOf: (line) => positions[line] ?? 0,
    headingHeightOf: (position) => (all[position]?.kind === 'heading' ? headingHeight : null),
  };
}
