import type { ReactNode } from 'react';
import { useIsLive } from '../../live/live-context.tsx';
import './board.css';

/** The board's root: it alone says whether everything in it is live. */
export function Board({ inert, children }: { inert: boolean; children: ReactNode }) {
  const live = useIsLive();
  return (
    <main className="board" data-link={live ? 'live' : 'down'} inert={inert}>
      {children}
    </main>
  );
}
