import { FAVOURITES } from '@lampboard/protocol';
import { ListOrdered, Plus } from 'lucide-react';
import { useCallback } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { type Rows, useBoardValue } from '../../live/use-board-value.ts';
import { useOwnGroups } from '../../own/own-context.tsx';
import { GroupLink } from './group-link.tsx';
import { EVERYONE, type Group, type GroupCount, groupsOf, keyOf, labelOf, sameGroups } from './groups.ts';
import './group-nav.css';

export interface GroupNavProps {
  current: Group;
  hrefOf: (group: Group) => string;
  onChoose: (group: Group) => void;
  /** Opens the sheet of a group of the account's own. */
  onEdit: (id: string) => void;
  onNew: () => void;
  /** Opens the sheet of all of them, and their order. */
  onArrange: () => void;
}

/** The parts of the board, with how many extensions each has. */
export function GroupNav({ current, hrefOf, onChoose, onEdit, onNew, onArrange }: GroupNavProps) {
  const t = useT();
  const own = useOwnGroups();
  const find = useCallback((rows: Rows) => groupsOf(rows, own, t.locale), [own, t.locale]);
  const { total, owned, departments, contexts } = useBoardValue(find, sameGroups);
  const hasOwn = own.some(({ id }) => id !== FAVOURITES);

  const item = ({ group, count }: GroupCount) => (
    <GroupLink
      key={keyOf(group)}
      label={labelOf(t, group, own)}
      count={count}
      href={hrefOf(group)}
      current={keyOf(group) === keyOf(current)}
      onChoose={() => onChoose(group)}
      onEdit={group.kind === 'own' ? () => onEdit(group.id) : null}
    />
  );

  const part = (heading: string, groups: readonly GroupCount[]) =>
    groups.length > 0 && (
      <>
        <header className="side-heading">
          <h2>{heading}</h2>
        </header>
        <ul>{groups.map(item)}</ul>
      </>
    );

  return (
    <nav className="group-nav" aria-label={t('group.groups')}>
      <header className="side-heading">
        <h2>{t('group.boards')}</h2>
        <div className="side-ways">
          {hasOwn && (
            <button
              type="button"
              className="side-way"
              aria-label={t('group.arrange')}
              title={t('group.arrange')}
              onClick={onArrange}
            >
              <ListOrdered size={15} aria-hidden="true" />
            </button>
          )}
          <button
            type="button"
            className="side-way"
            aria-label={t('group.new')}
            title={t('group.new')}
            onClick={onNew}
          >
            <Plus size={15} aria-hidden="true" />
          </button>
        </div>
      </header>
      <ul>
        {item({ group: EVERYONE, count: total })}
        {owned.map(item)}
      </ul>
      {part(t('group.by-department'), departments)}
      {part(t('group.by-context'), contexts)}
      <button type="button" className="side-item group-arrange" onClick={onArrange}>
        <span className="side-label">{t('group.arrange')}</span>
      </button>
    </nav>
  );
}
