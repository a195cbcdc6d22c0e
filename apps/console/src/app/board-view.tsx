import type { BoardViewProps } from '../extension/board-view.ts';
import { BoardGrid } from '../features/board/board-grid.tsx';
import { BoardSkeleton } from '../features/board/board-empty.tsx';
import { usePreference } from '../own/own-context.tsx';
import { lazyPart } from '../ui/lazy-part.tsx';
import { useMedia } from './use-media.ts';

const TableGrid = lazyPart(
  async () => (await import('../features/table/table-grid.tsx')).TableGrid,
  <BoardSkeleton />,
);

/** The extensions as the account wants to see them. */
export function BoardView(props: BoardViewProps) {
  const view = usePreference('view');
  const chosen = usePreference('density');
  // As the style sheets have it.
  const isLow = useMedia('(max-width: 720px) and (max-height: 320px)');
  const density = isLow && chosen !== 'compact' ? 'slim' : chosen;
  if (view === 'tiles') return <BoardGrid key={density} density={density} {...props} />;
  return <TableGrid {...props} />;
}
