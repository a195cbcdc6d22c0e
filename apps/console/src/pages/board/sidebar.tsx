import { FilterButton, Filters } from '../../features/filters/filters.tsx';
import { GroupList, type GroupListProps } from '../../features/groups/group-list.tsx';
import './sidebar.css';

/** At the side of the board: its groups, and what it can be narrowed to. On narrow screens one line above it. */
export function Sidebar(props: GroupListProps) {
  return (
    <div className="sidebar">
      <FilterButton group={props.current} />
      <GroupList {...props} />
      <Filters group={props.current} />
    </div>
  );
}
