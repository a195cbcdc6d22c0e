import type { BoardViewProps, BoardGridHandle } from '../../entities/extension/board-view-props.ts';
import { BoardGrid } from '../../features/board/board-grid.tsx';
import { BoardSkeleton, NoHints, NoResults, NothingVisible } from '../../features/board/board-empty.tsx';
import { usePreference, useSettings, useUserGroups } from '../../data/preferences/settings-context.tsx';
import { useGroupFilter } from '../../features/filters/use-filter.ts';
import { lazyComponent } from '../../ui/lazy-component.tsx';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { isFilterActive } from '../../entities/extension/select/filter.ts';
import { limitsOf } from '@lampboard/model';
import { NO_FILTER } from '@lampboard/protocol';
import type { Ref } from 'react';
import { OtherResults } from '../../features/search/other-results.tsx';
import { EmptyGroup } from '../../features/groups/group-list.tsx';
import { type Group, groupLabel, findUserGroup, isOfPeople } from '../../entities/group/groups.ts';
import { ConnectionEmptyState } from '../../features/connection/connection-banner.tsx';
import { useMe } from '../../data/http/api-context.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { useIsLive, useLiveState, usePbxNames } from '../../data/socket/live-context.tsx';
import { extensionsOf } from '../../data/socket/connection-state.ts';

const LinesView = lazyComponent(
  async () => (await import('../../features/lines/lines-view.tsx')).LinesView,
  <BoardSkeleton />,
);
const TableGrid = lazyComponent(
  async () => (await import('../../features/table/table-grid.tsx')).TableGrid,
  <BoardSkeleton />,
);

/** Extensions of a board that is in the page as a whole. A search never is, so that a typed key draws little. */
const MAX_WHOLE_BOARD = 100;

interface ViewProps extends BoardViewProps {
  /** A group of functions. */
  functions: boolean;
  /** The members of the group are in several departments. */
  withDepartment: boolean;
}

function BoardView({ functions, withDepartment, ...props }: ViewProps) {
  const view = usePreference('view');
  const chosen = usePreference('density');
  // As in the style sheets.
  const isSmall = useMediaQuery('(max-width: 480px), (max-width: 720px) and (max-height: 320px)');
  const density = isSmall && chosen !== 'compact' ? 'slim' : chosen;
  if (view === 'tiles')
    return (
      <BoardGrid key={density} density={density} withDepartment={withDepartment && !functions} {...props} />
    );
  return <TableGrid functions={functions} {...props} />;
}

interface BoardContentProps extends Omit<BoardViewProps, 'handle' | 'highlightedId' | 'whole'> {
  grid: Ref<BoardGridHandle>;
  bestMatch: string | null;
  query: string;
  otherResults: readonly string[];
  group: Group;
  onClear: () => void;
  onShowAll: () => void;
  onEditGroup: (id: string) => void;
}

export function BoardContent({
  grid,
  bestMatch,
  query,
  otherResults,
  group,
  onClear,
  onShowAll,
  onEditGroup,
  ...view
}: BoardContentProps) {
  const t = useT();
  const size = useLiveState((state) => extensionsOf(state).size);
  const live = useIsLive();
  const me = useMe();
  const userGroups = useUserGroups();
  const pbxNames = usePbxNames();
  const { updatePreferences } = useSettings();
  const filter = useGroupFilter(group);
  const isConnecting = useLiveState(
    ({ board, connection }) => board === null && connection.state === 'down' && connection.failures === 0,
  );
  if (isConnecting) return <BoardSkeleton />;
  if (size === 0) {
    if (!live) return <ConnectionEmptyState />;
    return me === null || limitsOf(me) === null ? <NoHints /> : <NothingVisible me={me} />;
  }
  if (group.kind === 'lines' && query === '') return <LinesView handle={grid} onOpen={view.onOpen} />;
  const otherResultsList = <OtherResults ids={otherResults} onOpen={view.onOpen} />;
  if (view.ids.length === 0) {
    const userGroup = findUserGroup(group, userGroups);
    if (group.kind === 'user' && (userGroup === undefined || userGroup.members.length === 0)) {
      return <EmptyGroup id={userGroup?.id ?? null} onEdit={onEditGroup} onShowAll={onShowAll} />;
    }
    const groupName = group.kind === 'everyone' ? null : groupLabel(t, group, userGroups, pbxNames);
    const onClearFilter = isFilterActive(filter) ? () => updatePreferences({ filter: NO_FILTER }) : null;
    return (
      <NoResults
        query={query}
        otherResults={otherResultsList}
        group={groupName}
        onClearFilter={onClearFilter}
        {...{ onClear, onShowAll }}
      />
    );
  }
  return (
    <>
      {otherResultsList}
      <BoardView
        {...view}
        functions={!isOfPeople(group)}
        withDepartment={group.kind !== 'department'}
        handle={grid}
        highlightedId={bestMatch}
        whole={query === '' && view.ids.length <= MAX_WHOLE_BOARD}
      />
    </>
  );
}
