import { useCallback } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { type Rows, useBoardValue } from '../../live/use-board-value.ts';
import { EVERYONE, type Group, type GroupCount, groupsOf, keyOf, labelOf, sameGroups } from './groups.ts';
import './group-nav.css';

interface GroupNavProps {
  current: Group;
  hrefOf: (group: Group) => string;
  onChoose: (group: Group) => void;
}

/** The parts of the board, with how many extensions each has. */
export function GroupNav({ current, hrefOf, onChoose }: GroupNavProps) {
  const t = useT();
  const find = useCallback((rows: Rows) => groupsOf(rows, t.locale), [t.locale]);
  const { total, kind, parts } = useBoardValue(find, sameGroups);

  const item = ({ group, count }: GroupCount) => {
    const label = labelOf(t, group, []);
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
          <span className="group-count">{count.toLocaleString(t.locale)}</span>
        </a>
      </li>
    );
  };

  return (
    <nav className="group-nav" aria-label={t('group.groups')} data-empty={kind === null || undefined}>
      <h2>{t('group.board')}</h2>
      <ul>{item({ group: EVERYONE, count: total })}</ul>
      {kind !== null && (
        <>
          <h2>{t(`group.by-${kind}`)}</h2>
          <ul>{parts.map(item)}</ul>
        </>
      )}
    </nav>
  );
}
