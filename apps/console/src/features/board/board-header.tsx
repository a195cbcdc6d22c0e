import type { Extension } from '@lampboard/protocol';
import { type ReactNode, useCallback } from 'react';
import { countsLabel } from '../../entities/extension/extension-counts.ts';
import type { GroupedKind } from '../../entities/kind/kinds.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useIsLive } from '../../data/socket/live-context.tsx';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
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
  const live = useIsLive();
  const count = useCallback(
    (extensions: Extensions) => countsLabel(t, [...extensions.values()].filter(isInGroup), kind),
    [t, isInGroup, kind],
  );
  const counts = useBoardValue(count);

  return (
    <header className="board-header">
      <h1 className="truncate" dir="auto" title={heading}>
        {heading}
      </h1>
      <p className="truncate">
        {!live && counts !== '' && <span className="board-header-last-known">{t('board.last-known')} </span>}
        {resultCount === null ? counts : t('search.found', { count: resultCount })}
      </p>
      <div className="board-header-actions">{children}</div>
    </header>
  );
}
