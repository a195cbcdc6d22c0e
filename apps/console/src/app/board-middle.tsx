import type { Ref } from 'react';
import { BoardSkeleton, NoHints, NothingFound } from '../features/board/board-empty.tsx';
import { BoardGrid, type BoardGridHandle } from '../features/board/board-grid.tsx';
import { type Group, labelOf } from '../features/groups/groups.ts';
import { useLiveState } from '../live/live-context.tsx';

interface BoardMiddleProps {
  grid: Ref<BoardGridHandle>;
  ids: readonly string[];
  best: string | null;
  openId: string | null;
  query: string;
  group: Group;
  onOpen: (id: string) => void;
  onClear: () => void;
  onEveryone: () => void;
}

/** The tiles, or what stands in their place. */
export function BoardMiddle({ grid, ids, best, openId, query, group, onOpen, ...ways }: BoardMiddleProps) {
  const size = useLiveState(({ board }) => board?.rows.size ?? null);
  if (size === null) return <BoardSkeleton />;
  if (size === 0) return <NoHints />;
  if (ids.length === 0) {
    return <NothingFound query={query} group={group.kind === 'everyone' ? null : labelOf(group)} {...ways} />;
  }
  return <BoardGrid handle={grid} ids={ids} openId={openId} hitId={best} onOpen={onOpen} />;
}
