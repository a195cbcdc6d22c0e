import { isFiltered } from '@lampboard/board';
import { NO_FILTER } from '@lampboard/protocol';
import type { Ref } from 'react';
import { BoardView } from './board-view.tsx';
import type { BoardGridHandle } from '../extension/board-view.ts';
import { Elsewhere } from '../features/search/elsewhere.tsx';
import { BoardSkeleton, NoHints, NothingFound } from '../features/board/board-empty.tsx';
import { GroupEmpty } from '../features/groups/group-empty.tsx';
import { type Group, labelOf, ownGroupOf } from '../features/groups/groups.ts';
import { LinkTrouble } from '../features/link/link-trouble.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { useIsLive, useLiveState } from '../live/live-context.tsx';
import { rowsOf } from '../live/live-state.ts';
import { useOwn, useOwnGroups, usePreference } from '../own/own-context.tsx';

interface BoardMiddleProps {
  grid: Ref<BoardGridHandle>;
  ids: readonly string[];
  /** The extensions among them that do not fit the filter any more. */
  unfit: ReadonlySet<string>;
  /** The extensions for which something was typed and is not saved. */
  unsaved: readonly string[];
  best: string | null;
  openId: string | null;
  query: string;
  /** What the search finds in the rest of the board, the best first. */
  elsewhere: readonly string[];
  group: Group;
  onOpen: (id: string) => void;
  onClear: () => void;
  onEveryone: () => void;
  onEditGroup: (id: string) => void;
}

/** The tiles, or what stands in their place. */
export function BoardMiddle(props: BoardMiddleProps) {
  const { grid, ids, unfit, unsaved, best, openId, query, elsewhere, group, onOpen, onEditGroup, ...ways } =
    props;
  const t = useT();
  const size = useLiveState((state) => rowsOf(state).size);
  const live = useIsLive();
  const own = useOwnGroups();
  const { prefer } = useOwn();
  const filter = usePreference('filter');
  const starting = useLiveState(
    ({ board, connection }) => board === null && connection.state === 'down' && connection.failures === 0,
  );
  if (starting) return <BoardSkeleton />;
  if (size === 0) return live ? <NoHints /> : <LinkTrouble />;
  if (ids.length === 0) {
    const found = ownGroupOf(group, own);
    if (group.kind === 'own' && (found === undefined || found.members.length === 0)) {
      return <GroupEmpty id={found?.id ?? null} onEdit={onEditGroup} onEveryone={ways.onEveryone} />;
    }
    const part = group.kind === 'everyone' ? null : labelOf(t, group, own);
    const onUnfilter = isFiltered(filter) ? () => prefer({ filter: NO_FILTER }) : null;
    const hits = <Elsewhere ids={elsewhere} onOpen={onOpen} />;
    return <NothingFound query={query} elsewhere={hits} group={part} onUnfilter={onUnfilter} {...ways} />;
  }
  const view = { handle: grid, ids, unfit, unsaved, openId, hitId: best, onOpen };
  return (
    <>
      <Elsewhere ids={elsewhere} onOpen={onOpen} />
      <BoardView {...view} />
    </>
  );
}
