import { useEffect } from 'react';
import { useIsLive, useLiveState } from '../../live/live-context.tsx';

/** The browser's tab tells it too: a grey mark and a title that says so while the board is not live. */
export function usePageMarks(heading: string): void {
  const live = useIsLive();
  const known = useLiveState((state) => state.board !== null);

  useEffect(() => {
    document.title = live || !known ? `${heading} · Lampboard` : 'Not live · Lampboard';
    document
      .querySelector('link[rel="icon"]')
      ?.setAttribute('href', live || !known ? '/favicon.svg' : '/favicon-down.svg');
  }, [heading, live, known]);
}
