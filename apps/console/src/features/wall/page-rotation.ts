import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { browserTimers, type Timers } from '../../data/socket/timers.ts';
import { matchShortcut } from '../../keyboard/shortcuts.ts';
import type { WallPage } from './paginate.ts';
import { createStore } from 'zustand/vanilla';

interface PageRotationState {
  readonly keys: readonly string[];
  /** Null without pages. */
  readonly currentKey: string | null;
  readonly paused: boolean;
}

interface PageRotationOptions {
  /** Restarted by a manual turn. */
  intervalMs: number;
  timers: Pick<Timers, 'setTimer' | 'clearTimer'>;
}

function keyAfter({ keys, currentKey }: PageRotationState, by: number): string | null {
  const index = currentKey === null ? 0 : keys.indexOf(currentKey) + by;
  return keys[(index + keys.length) % keys.length] ?? null;
}

/** Rotates through the pages endlessly. */
export function createPageRotation({ intervalMs, timers }: PageRotationOptions) {
  const store = createStore<PageRotationState>(() => ({ keys: [], currentKey: null, paused: false }));
  let isRunning = false;
  let timer: number | null = null;

  const stopTimer = () => {
    if (timer !== null) timers.clearTimer(timer);
    timer = null;
  };
  const schedule = () => {
    stopTimer();
    if (isRunning && !store.getState().paused) timer = timers.setTimer(() => advance(1), intervalMs);
  };
  const advance = (by: 1 | -1) => {
    store.setState({ currentKey: keyAfter(store.getState(), by) });
    schedule();
  };

  return {
    store,
    advance,
    /** Keeps the current page, or else its position. */
    setPages: (keys: readonly string[]) => {
      const { keys: before, currentKey } = store.getState();
      if (currentKey !== null && keys.includes(currentKey)) {
        store.setState({ keys });
        return;
      }
      const index = currentKey === null ? 0 : Math.min(before.indexOf(currentKey), keys.length - 1);
      store.setState({ keys, currentKey: keys[index] ?? null });
      schedule();
    },
    togglePause: () => {
      store.setState(({ paused }) => ({ paused: !paused }));
      schedule();
    },
    /** Returns the stop function. */
    start: () => {
      isRunning = true;
      schedule();
      return () => {
        isRunning = false;
        stopTimer();
      };
    },
  };
}

/** Returns the current page, its number (from 1, of all pages), and whether it is paused. */
export function usePageRotation(pages: readonly WallPage[], seconds: number) {
  const [rotation] = useState(() =>
    createPageRotation({ intervalMs: seconds * 1000, timers: browserTimers }),
  );
  const { currentKey, paused } = useStore(rotation.store);

  useEffect(() => rotation.setPages(pages.map(({ key }) => key)), [rotation, pages]);
  useEffect(() => rotation.start(), [rotation]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const key = event.defaultPrevented || event.repeat ? null : matchShortcut('wall', event);
      if (key === null) return;
      event.preventDefault();
      if (key === 'pause') rotation.togglePause();
      else rotation.advance(key === 'next' ? 1 : -1);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [rotation]);

  const index = Math.max(
    0,
    pages.findIndex(({ key }) => key === currentKey),
  );
  return { page: pages[index] ?? null, pageNumber: index + 1, paused };
}
