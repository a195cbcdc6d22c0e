import type { Timers } from '../../live/timers.ts';

/** Nobody stands before a wall to reload it; it does so by itself, but not more often than this. */
const LEAST_MS = 60_000;
const KEY = 'lampboard.wall.reloaded';

interface ReloadOptions {
  timers: Pick<Timers, 'setTimer' | 'clearTimer'>;
  now: () => number;
  /** Where the moment of the last reload outlives it. */
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Whether the gateway hands out the page: a reload at any other moment would end at the browser's own error page. */
  serves: () => Promise<boolean>;
  reload: () => void;
}

/** Reloads the page as soon as that is due and the gateway serves; returns what stops it. */
export function reloadWhenServed({ timers, now, storage, serves, reload }: ReloadOptions): () => void {
  let timer: number | null = null;
  let stopped = false;

  const attempt = async () => {
    timer = null;
    const there = await serves();
    if (stopped) return;
    if (!there) {
      timer = timers.setTimer(() => void attempt(), LEAST_MS / 12);
      return;
    }
    storage.setItem(KEY, String(now()));
    reload();
  };
  const last = Number(storage.getItem(KEY) ?? 0);
  const wait = Math.min(LEAST_MS, Math.max(0, last + LEAST_MS - now()));
  timer = timers.setTimer(() => void attempt(), wait);

  return () => {
    stopped = true;
    if (timer !== null) timers.clearTimer(timer);
  };
}
