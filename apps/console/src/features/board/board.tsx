import { type ReactNode, useRef } from 'react';
import { useIsLive } from '../../live/live-context.tsx';
import { useKeptFocus } from '../../ui/use-kept-focus.ts';
import './board.css';

interface BoardProps {
  inert: boolean;
  /** What had the focus has gone; it is told whether that was a tile. */
  onFocusLost: (tile: boolean) => void;
  children: ReactNode;
}

/** The board's root: it alone says whether everything in it is live. */
export function Board({ inert, onFocusLost, children }: BoardProps) {
  const root = useRef<HTMLElement>(null);
  useKeptFocus(root, (gone) => onFocusLost(gone.matches('[data-extension]')));
  const live = useIsLive();
  return (
    <main ref={root} className="board" data-link={live ? 'live' : 'down'} inert={inert}>
      {children}
    </main>
  );
}
