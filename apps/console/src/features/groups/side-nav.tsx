import { FilterChip } from './filter-chip.tsx';
import { Filters } from './filters.tsx';
import { GroupNav, type GroupNavProps } from './group-nav.tsx';
import './side-nav.css';

/** At the side of the board: its groups, and what it can be narrowed to. On narrow screens one line above it. */
export function SideNav(props: GroupNavProps) {
  return (
    <div className="side-nav">
      <FilterChip group={props.current} />
      <GroupNav {...props} />
      <Filters group={props.current} />
    </div>
  );
}
