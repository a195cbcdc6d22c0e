import { isOnCall, isReachable, isRinging } from '@lampboard/model';
import type { Extension } from '@lampboard/protocol';
import { type ReactNode, useCallback } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useIsLive } from '../../data/socket/live-context.tsx';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
import './board-header.css';

interface BoardHeaderProps {
  heading: string;
  /** The extensions of which it tells. */
  isInGroup: (extension: Extension) => boolean;
  /** How many the search left over; null without a search. */
  resultCount: number | null;
  /** What can be done with the board, at the right. */
  children: ReactNode;
}

export function BoardHeader({ heading, isInGroup, resultCount, children }: BoardHeaderProps) {
  const t = useT();
  const live = useIsLive();
  const count = useCallback(
    (extensions: Extensions) => countExtensions(extensions.values(), isInGroup),
    [isInGroup],
  );
  const { all, reachable, onThePhone, ringing } = useBoardValue(count, sameCounts);
  const counts = [t('board.reachable', { count: reachable }), t('board.on-the-phone', { count: onThePhone })];
  if (ringing > 0) counts.push(t('board.ringing', { count: ringing }));

  return (
    <header className="board-header">
      <h1 dir="auto" title={heading}>
        {heading}
      </h1>
      <p>
        {!live && all > 0 && <span className="board-header-last-known">{t('board.last-known')} </span>}
        {resultCount === null ? all > 0 && counts.join(' · ') : t('search.found', { count: resultCount })}
      </p>
      <div className="board-header-actions">{children}</div>
    </header>
  );
}

interface Counts {
  readonly all: number;
  readonly reachable: number;
  readonly onThePhone: number;
  readonly ringing: number;
}

export function countExtensions(
  extensions: Iterable<Extension>,
  isInGroup: (extension: Extension) => boolean,
): Counts {
  const counts = { all: 0, reachable: 0, onThePhone: 0, ringing: 0 };
  for (const extension of extensions) {
    if (!isInGroup(extension)) continue;
    counts.all += 1;
    if (isReachable(extension)) counts.reachable += 1;
    if (isOnCall(extension)) counts.onThePhone += 1;
    if (isRinging(extension)) counts.ringing += 1;
  }
  return counts;
}

function sameCounts(a: Counts, b: Counts): boolean {
  return (
    a.all === b.all && a.reachable === b.reachable && a.onThePhone === b.onThePhone && a.ringing === b.ringing
  );
}
