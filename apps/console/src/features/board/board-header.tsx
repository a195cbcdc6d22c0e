import type { Extension } from '@lampboard/protocol';
import { type ReactNode, useCallback } from 'react';
import { GroupCounts } from '../../entities/extension/group-counts.tsx';
import type { GroupedKind } from '../../entities/kind/kinds.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import type { Extensions } from '../../data/socket/use-board-value.ts';
import './board-header.css';

interface BoardHeaderProps {
  heading: string;
  isInGroup: (extension: Extension) => boolean;
  /** Of the group's members; null for a group of people. */
  kind: GroupedKind | null;
  /** Null without a search. */
  resultCount: number | null;
  children: ReactNode;
}

export function BoardHeader({ heading, isInGroup, kind, resultCount, children }: BoardHeaderProps) {
  const t = useT();
  const membersOf = useCallback(
    (extensions: Extensions) => [...extensions.values()].filter(isInGroup),
    [isInGroup],
  );
  return (
    <header className="board-header">
      <h1 className="truncate" dir="auto" title={heading}>
        {heading}
      </h1>
      <div className="board-header-counts">
        {/* Kept during a search: counting all members again would delay the key that ends it. */}
        <div hidden={resultCount !== null}>
          <GroupCounts membersOf={membersOf} kind={kind} />
        </div>
        {resultCount !== null && t('search.found', { count: resultCount })}
      </div>
      <div className="board-header-actions">{children}</div>
    </header>
  );
}
