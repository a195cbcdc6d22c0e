import type { Extension } from '@lampboard/protocol';
import { type ReactNode, useCallback } from 'react';
import { countsLabel } from '../../entities/extension/extension-counts.ts';
import type { GroupedKind } from '../../entities/kind/kinds.ts';
import { UncountedPbxs } from '../../entities/pbx/pbx-parts.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { countable } from '../../data/socket/connection-state.ts';
import { useOutages } from '../../data/socket/live-context.tsx';
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
  const outages = useOutages();
  const count = useCallback(
    (extensions: Extensions) => {
      const { counted, ...rest } = countable(outages, [...extensions.values()].filter(isInGroup));
      return { counts: countsLabel(t, counted, kind), ...rest };
    },
    [t, isInGroup, kind, outages],
  );
  const { counts, uncounted, isLastKnown } = useBoardValue(count);

  return (
    <header className="board-header">
      <h1 className="truncate" dir="auto" title={heading}>
        {heading}
      </h1>
      <p className="truncate">
        {isLastKnown && <span className="board-header-last-known">{t('board.last-known')} </span>}
        {resultCount === null ? counts : t('search.found', { count: resultCount })}
        {resultCount === null && <UncountedPbxs pbxIds={uncounted} />}
      </p>
      <div className="board-header-actions">{children}</div>
    </header>
  );
}
