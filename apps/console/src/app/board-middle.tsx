import type { Ref } from 'react';
import { BoardSkeleton, NoHints, NothingFound } from '../features/board/board-empty.tsx';
import { BoardGrid, type BoardGridHandle } from '../features/board/board-grid.tsx';
import { type Group, labelOf } from '../features/groups/groups.ts';
import { LinkTrouble } from '../features/link/link-trouble.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { useIsLive, useLiveState } from '../live/live-context.tsx';
import { rowsOf } from '../live/live-state.ts';
import { useOwnGroups } from '../own/own-context.tsx';

interface BoardMiddleProps {
  grid: Ref<BoardGridHandle>;
  ids: readonly string[];
  /** The extensions for which something was typed and is not saved. */
  unsaved: readonly string[];
  best: string | null;
  openId: string | null;
  query: string;
  group: Group;
  onOpen: (id: string) => void;
  onClear: () => void;
  onEveryone: () => void;
}

/** The tiles, or what stands in their place. */
export function BoardMiddle(props: BoardMiddleProps) {
  const { grid, ids, unsaved, best, openId, query, group, onOpen, ...ways } = props;
  const t = useT();
  const size = useLiveState((state) => rowsOf(state).size);
  const live = useIsLive();
  const own = useOwnGroups();
  const starting = useLiveState(
    ({ board, connection }) => board === null && connection.state === 'down' && connection.failures === 0,
  );
  if (starting) return <BoardSkeleton />;
  if (size === 0) return live ? <NoHints /> : <LinkTrouble />;
  if (ids.length === 0) {
    const part = group.kind === 'everyone' ? null : labelOf(t, group, own);
    return <NothingFound query={query} group={part} {...ways} />;
  }
  return <BoardGrid handle={grid} ids={ids} unsaved={unsaved} openId={openId} hitId={best} onOpen={onOpen} />;
}
