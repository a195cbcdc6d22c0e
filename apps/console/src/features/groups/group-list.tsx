import { FAVOURITES } from '@lampboard/protocol';
import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import './group-list.css';
import { Pencil, ListOrdered, Plus } from 'lucide-react';
import { useEffect, useRef, useCallback } from 'react';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
import { useUserGroups } from '../../data/settings/settings-context.tsx';
import {
  ALL_EXTENSIONS,
  type Group,
  type GroupCount,
  countGroups,
  groupKey,
  groupLabel,
  sameGroups,
} from '../../entities/group/groups.ts';

export interface GroupListProps {
  current: Group;
  hrefOf: (group: Group) => string;
  onChoose: (group: Group) => void;
  /** Opens the sheet of a group of the account's own. */
  onEdit: (id: string) => void;
  onNew: () => void;
  /** Opens the sheet of all of them, and their order. */
  onManageGroups: () => void;
}

/** The parts of the board, with how many extensions each has. */
export function GroupList({ current, hrefOf, onChoose, onEdit, onNew, onManageGroups }: GroupListProps) {
  const t = useT();
  const userGroups = useUserGroups();
  const find = useCallback(
    (extensions: Extensions) => countGroups(extensions, userGroups, t.locale),
    [userGroups, t.locale],
  );
  const { total, userGroupCounts, departments, contexts } = useBoardValue(find, sameGroups);
  const hasUserGroups = userGroups.some(({ id }) => id !== FAVOURITES);

  const item = ({ group, count }: GroupCount) => (
    <GroupLink
      key={groupKey(group)}
      label={groupLabel(t, group, userGroups)}
      count={count}
      href={hrefOf(group)}
      current={groupKey(group) === groupKey(current)}
      onChoose={() => onChoose(group)}
      onEdit={group.kind === 'user' ? () => onEdit(group.id) : null}
    />
  );

  const section = (heading: string, groups: readonly GroupCount[]) =>
    groups.length > 0 && (
      <>
        <header className="sidebar-heading">
          <h2>{heading}</h2>
        </header>
        <ul>{groups.map(item)}</ul>
      </>
    );

  return (
    <nav className="group-list" aria-label={t('group.groups')}>
      <header className="sidebar-heading">
        <h2>{t('group.boards')}</h2>
        <div className="sidebar-actions">
          {hasUserGroups && (
            <button
              type="button"
              className="sidebar-action"
              aria-label={t('group.arrange')}
              title={t('group.arrange')}
              onClick={onManageGroups}
            >
              <ListOrdered size={15} aria-hidden="true" />
            </button>
          )}
          <button
            type="button"
            className="sidebar-action"
            aria-label={t('group.new')}
            title={t('group.new')}
            onClick={onNew}
          >
            <Plus size={15} aria-hidden="true" />
          </button>
        </div>
      </header>
      <ul>
        {item({ group: ALL_EXTENSIONS, count: total })}
        {userGroupCounts.map(item)}
      </ul>
      {section(t('group.by-department'), departments)}
      {section(t('group.by-context'), contexts)}
      <button type="button" className="sidebar-item group-manage" onClick={onManageGroups}>
        <span className="sidebar-label">{t('group.arrange')}</span>
      </button>
    </nav>
  );
}

interface GroupLinkProps {
  label: string;
  count: number;
  href: string;
  current: boolean;
  onChoose: () => void;
  /** Null where there is nothing to edit. */
  onEdit: (() => void) | null;
}

/** One group of the board, and the way to what is in it. */
function GroupLink({ label, count, href, current, onChoose, onEdit }: GroupLinkProps) {
  const t = useT();
  const link = useRef<HTMLAnchorElement>(null);
  // Of many groups, or on the one line of a narrow screen, it may be out of sight.
  useEffect(() => {
    if (current) link.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <li className="group-link">
      <a
        ref={link}
        className="sidebar-item"
        href={href}
        aria-current={current ? 'page' : undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          onChoose();
        }}
      >
        <span className="sidebar-label" dir="auto" title={label}>
          {label}
        </span>
        <span className="sidebar-count">{count.toLocaleString(t.locale)}</span>
      </a>
      {onEdit !== null && (
        <button
          type="button"
          className="sidebar-action group-edit"
          aria-label={t('group.edit-of', { name: label })}
          onClick={onEdit}
        >
          <Pencil size={14} aria-hidden="true" />
        </button>
      )}
    </li>
  );
}

interface EmptyGroupProps {
  /** A group of the account's own; null where it has been removed. */
  id: string | null;
  onEdit: (id: string) => void;
  onShowAll: () => void;
}

/** A group of the account's own with nobody in it: says how that is changed. */
export function EmptyGroup({ id, onEdit, onShowAll }: EmptyGroupProps) {
  const t = useT();
  const texts = () => {
    if (id === null) return [t('group.gone'), t('group.gone-what')];
    return id === FAVOURITES
      ? [t('group.no-favourites'), t('group.no-favourites-what')]
      : [t('group.empty'), t('group.empty-what')];
  };
  const [heading, description] = texts();
  return (
    <div className="empty-group">
      <h2>{heading}</h2>
      <p>{description}</p>
      <div className="empty-group-actions">
        {id !== null && (
          <Button variant="primary" onClick={() => onEdit(id)}>
            {t('group.add-people')}
          </Button>
        )}
        <Button onClick={onShowAll}>{t('board.show-everyone')}</Button>
      </div>
    </div>
  );
}
