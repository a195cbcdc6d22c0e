import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { browserTimers } from '../../live/timers.ts';
import { boundKey } from '../../ui/keys.ts';
import type { WallPage } from './paging.ts';
import { createRotation } from './rotation.ts';

interface Turning {
  readonly page: WallPage | null;
  /** From 1, of all pages. */
  readonly place: number;
  readonly paused: boolean;
}

/** Turns the pages by time and by key, for as long as the wall is there. */
export function useRotation(pages: readonly WallPage[], seconds: number): Turning {
  const [rotation] = useState(() => createRotation({ everyMs: seconds * 1000, timers: browserTimers }));
  const { at, paused } = useStore(rotation.store);

  useEffect(() => rotation.show(pages.map(({ key }) => key)), [rotation, pages]);
  useEffect(() => rotation.start(), [rotation]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const key = event.defaultPrevented || event.repeat ? null : boundKey('wall', event);
      if (key === null) return;
      event.preventDefault();
      if (key === 'pause') rotation.togglePause();
      else rotation.turn(key === 'next' ? 1 : -1);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [rotation]);

  const place = Math.max(
    0,
    pages.findIndex(({ key }) => key === at),
  );
  return { page: pages[place] ?? null, place: place + 1, paused };
}
