import type { BoardViewProps } from '../extension/board-view.ts';
import { BoardGrid } from '../features/board/board-grid.tsx';
import { BoardSkeleton } from '../features/board/board-empty.tsx';
import { usePreference } from '../own/own-context.tsx';
import { lazyPart } from '../ui/lazy-part.tsx';

const TableGrid = lazyPart(
  async () => (await import('../features/table/table-grid.tsx')).TableGrid,
  <BoardSkeleton />,
);

/** The extensions as the account wants to see them. */
export function BoardView(props: BoardViewProps) {
  const view = usePreference('view');
  const density = usePreference('density');
  if (view === 'tiles') return <BoardGrid key={density} density={density} {...props} />;
  return <TableGrid {...props} />;
}
