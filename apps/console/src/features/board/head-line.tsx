import type { ExtensionRow } from '@lampboard/protocol';
import { useCallback } from 'react';
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
}

export function HeadLine({ heading, belongs, found }: HeadLineProps) {
  const live = useIsLive();
  const count = useCallback((rows: Rows) => countRows(rows.values(), belongs), [belongs]);
  const { all, reachable, onThePhone, ringing } = useBoardValue(count, sameCounts);
  const told = [`${reachable} can be reached`, `${onThePhone} on the phone`];
  if (ringing > 0) told.push(`${ringing} ringing`);

  return (
    <header className="head-line">
      <h1 dir="auto">{heading}</h1>
      <p>
        {!live && all > 0 && <span className="head-known">Last known: </span>}
        {found === null ? all > 0 && told.join(' · ') : `${found} found`}
      </p>
    </header>
  );
}
