import { useBoardValue } from '../../live/use-board-value.ts';
import { EVERYONE, type Group, type GroupCount, groupsOf, keyOf, labelOf, sameGroups } from './groups.ts';
import './group-nav.css';

interface GroupNavProps {
  current: Group;
  hrefOf: (group: Group) => string;
  onChoose: (group: Group) => void;
}

/** The parts of the board, with how many extensions each has. */
export function GroupNav({ current, hrefOf, onChoose }: GroupNavProps) {
  const { total, title, parts } = useBoardValue(groupsOf, sameGroups);

  const item = ({ group, count }: GroupCount) => {
    const label = labelOf(group);
    return (
      <li key={keyOf(group)}>
        <a
          href={hrefOf(group)}
          aria-current={keyOf(group) === keyOf(current) ? 'page' : undefined}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onChoose(group);
          }}
        >
          <span className="group-label" dir="auto" title={label}>
            {label}
          </span>
          <span className="group-count">{count}</span>
        </a>
      </li>
    );
  };

  return (
    <nav className="group-nav" aria-label="Groups" data-empty={title === null || undefined}>
      <h2>Board</h2>
      <ul>{item({ group: EVERYONE, count: total })}</ul>
      {title !== null && (
        <>
          <h2>{title}</h2>
          <ul>{parts.map(item)}</ul>
        </>
      )}
    </nav>
  );
}
