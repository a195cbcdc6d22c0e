import { FAVOURITES } from '@lampboard/protocol';
import { useT } from '../../i18n/i18n-context.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import './group-list.css';
import { type LucideIcon, ListOrdered, Pencil, Plus } from 'lucide-react';
import { useEffect, useRef, useCallback } from 'react';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
import { useLiveState, usePbxNames } from '../../data/socket/live-context.tsx';
import { hasCallsLink } from '../../data/socket/connection-state.ts';
import { PbxMark, PbxOutageMark } from '../../entities/pbx/pbx-parts.tsx';
import { useUserGroups } from '../../data/preferences/settings-context.tsx';
import {
  ALL_EXTENSIONS,
  ALL_LINES,
  type Group,
  type GroupCount,
  countGroups,
  groupKey,
  groupLabel,
} from '../../entities/group/groups.ts';

export interface GroupListProps {
  current: Group;
  hrefOf: (group: Group) => string;
  onChoose: (group: Group) => void;
  onEdit: (id: string) => void;
  onNew: () => void;
  onManageGroups: () => void;
}

export function GroupList({ current, hrefOf, onChoose, onEdit, onNew, onManageGroups }: GroupListProps) {
  const t = useT();
  const userGroups = useUserGroups();
  const pbxNames = usePbxNames();
  const find = useCallback(
    (extensions: Extensions) => countGroups(extensions, userGroups, pbxNames, t.locale),
    [userGroups, pbxNames, t.locale],
  );
  const { total, userGroupCounts, pbxs, departments, contexts, kinds } = useBoardValue(find);
  const lineCount = kinds.reduce((sum, { count }) => sum + count, 0);
  const hasCalls = useLiveState(hasCallsLink);
  const hasUserGroups = userGroups.some(({ id }) => id !== FAVOURITES);

  const item = ({ group, count }: GroupCount) => (
    <GroupLink
      key={groupKey(group)}
      label={groupLabel(t, group, userGroups, pbxNames)}
      pbxId={group.kind === 'pbx' ? group.id : null}
      count={count}
      href={hrefOf(group)}
      current={groupKey(group) === groupKey(current)}
      onChoose={() => onChoose(group)}
      onEdit={group.kind === 'user' ? () => onEdit(group.id) : null}
    />
  );

  const action = (label: string, Icon: LucideIcon, onClick: () => void) => (
    <IconButton Icon={Icon} size={15} label={label} title={label} onClick={onClick} />
  );

  const section = (heading: string, groups: readonly GroupCount[]) =>
    groups.length > 0 && (
      <>
        <header className="sidebar-heading">
          <h2 className="overline">{heading}</h2>
        </header>
        <ul>{groups.map(item)}</ul>
      </>
    );

  return (
    <nav className="group-list" aria-label={t('group.groups')}>
      <header className="sidebar-heading">
        <h2 className="overline">{t('group.groups')}</h2>
        <div className="sidebar-actions">
          {hasUserGroups && action(t('group.manage'), ListOrdered, onManageGroups)}
          {action(t('group.new'), Plus, onNew)}
        </div>
      </header>
      <ul>
        {item({ group: ALL_EXTENSIONS, count: total })}
        {userGroupCounts.map(item)}
      </ul>
      {section(t('group.by-pbx'), pbxs)}
      {section(t('group.by-department'), departments)}
      {section(
        t('group.by-kind'),
        kinds.length === 0 && !hasCalls ? [] : [{ group: ALL_LINES, count: lineCount }, ...kinds],
      )}
      {section(t('group.by-context'), contexts)}
      <button type="button" className="sidebar-item group-manage" onClick={onManageGroups}>
        <span className="sidebar-label truncate">{t('group.manage')}</span>
      </button>
    </nav>
  );
}

interface GroupLinkProps {
  label: string;
  pbxId: string | null;
  count: number;
  href: string;
  current: boolean;
  onChoose: () => void;
  onEdit: (() => void) | null;
}

function GroupLink({ label, pbxId, count, href, current, onChoose, onEdit }: GroupLinkProps) {
  const t = useT();
  const link = useRef<HTMLAnchorElement>(null);
  // It may be scrolled out of view.
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
        {pbxId !== null && <PbxMark id={pbxId} />}
        <span className="sidebar-label truncate" dir="auto" title={label}>
          {label}
        </span>
        {pbxId !== null && <PbxOutageMark id={pbxId} />}
        <span className="sidebar-count">{count.toLocaleString(t.locale)}</span>
      </a>
      {onEdit !== null && (
        <IconButton
          className="group-edit"
          Icon={Pencil}
          size={14}
          label={t('ui.edit-of', { name: label })}
          onClick={onEdit}
        />
      )}
    </li>
  );
}

interface EmptyGroupProps {
  /** Null for a removed group. */
  id: string | null;
  onEdit: (id: string) => void;
  onShowAll: () => void;
}

export function EmptyGroup({ id, onEdit, onShowAll }: EmptyGroupProps) {
  const t = useT();
  const texts = () => {
    if (id === null) return [t('group.deleted'), t('group.deleted-description')];
    return id === FAVOURITES
      ? [t('group.no-favourites'), t('group.no-favourites-description')]
      : [t('group.empty'), t('group.empty-description')];
  };
  const [heading, description] = texts();
  return (
    <div className="empty-state">
      <h2>{heading}</h2>
      <p>{description}</p>
      <div className="button-row">
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
