import type { ExtensionRow } from '@lampboard/protocol';
import { type ReactNode, useCallback } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useIsLive } from '../../live/live-context.tsx';
import { type Rows, useBoardValue } from '../../live/use-board-value.ts';
import { countRows, sameCounts } from './counts.ts';
import './head-line.css';

interface HeadLineProps {
  heading: string;
  /** The extensions of which it tells. */
  belongs: (row: ExtensionRow) => boolean;
  /** How many the search left over; null without a search. */
  found: number | null;
  /** What can be done with the board, at the right. */
  children: ReactNode;
}

export function HeadLine({ heading, belongs, found, children }: HeadLineProps) {
  const t = useT();
  const live = useIsLive();
  const count = useCallback((rows: Rows) => countRows(rows.values(), belongs), [belongs]);
  const { all, reachable, onThePhone, ringing } = useBoardValue(count, sameCounts);
  const told = [t('board.reachable', { count: reachable }), t('board.on-the-phone', { count: onThePhone })];
  if (ringing > 0) told.push(t('board.ringing', { count: ringing }));

  return (
    <header className="head-line">
      <h1 dir="auto" title={heading}>
        {heading}
      </h1>
      <p>
        {!live && all > 0 && <span className="head-known">{t('board.last-known')} </span>}
        {found === null ? all > 0 && told.join(' · ') : t('search.found', { count: found })}
      </p>
      <div className="head-end">{children}</div>
    </header>
  );
}
