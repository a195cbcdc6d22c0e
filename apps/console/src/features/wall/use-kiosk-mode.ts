import { type Timers, browserTimers } from '../../data/socket/timers.ts';
import { useEffect } from 'react';
import { useLiveState } from '../../data/socket/live-context.tsx';

const isServerUp = async () => {
  try {
    return (await fetch('/healthz', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
};

/** What somebody would do who stood before the wall: keep the screen on, and reload a page that is outdated. */
export function useKioskMode(): void {
  const outdated = useLiveState(
    ({ connection }) => connection.state === 'down' && connection.reason === 'incompatible',
  );
  useEffect(() => startWakeLock(document, navigator), []);
  useEffect(() => {
    if (!outdated) return undefined;
    return startAutoReload({
      timers: browserTimers,
      now: Date.now,
      storage: sessionStorage,
      isServerUp,
      reload: () => window.location.reload(),
    });
  }, [outdated]);
}

/** Keeps the screen on for as long as the page is seen, where the browser can; returns what lets it sleep again. */
export function startWakeLock(
  page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>,
  { wakeLock }: { readonly wakeLock?: Pick<WakeLock, 'request'> },
): () => void {
  let stopped = false;
  let lock: WakeLockSentinel | null = null;

  const acquire = async () => {
    if (wakeLock === undefined || stopped || page.visibilityState !== 'visible') return;
    try {
      const acquired = await wakeLock.request('screen');
      if (stopped) await acquired.release();
      else lock = acquired;
    } catch {
      // Refused, on a low battery for instance: asked again when the page is next seen.
    }
  };
  // A page that goes out of sight loses it.
  const onVisibility = () => void acquire();
  page.addEventListener('visibilitychange', onVisibility);
  void acquire();

  return () => {
    stopped = true;
    page.removeEventListener('visibilitychange', onVisibility);
    void lock?.release();
  };
}

/** Nobody stands before a wall to reload it; it does so by itself, but not more often than this. */
const MIN_RELOAD_INTERVAL_MS = 60_000;
const STORAGE_KEY = 'lampboard.wall.reloaded';

interface ReloadOptions {
  timers: Pick<Timers, 'setTimer' | 'clearTimer'>;
  now: () => number;
  /** Where the moment of the last reload outlives it. */
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Whether the gateway hands out the page: a reload at any other moment would end at the browser's own error page. */
  isServerUp: () => Promise<boolean>;
  reload: () => void;
}

/** Reloads the page as soon as that is due and the gateway serves; returns what stops it. */
export function startAutoReload({ timers, now, storage, isServerUp, reload }: ReloadOptions): () => void {
  let timer: number | null = null;
  let stopped = false;

  const attempt = async () => {
    timer = null;
    const isUp = await isServerUp();
    if (stopped) return;
    if (!isUp) {
      timer = timers.setTimer(() => void attempt(), MIN_RELOAD_INTERVAL_MS / 12);
      return;
    }
    storage.setItem(STORAGE_KEY, String(now()));
    reload();
  };
  const last = Number(storage.getItem(STORAGE_KEY) ?? 0);
  const delay = Math.min(MIN_RELOAD_INTERVAL_MS, Math.max(0, last + MIN_RELOAD_INTERVAL_MS - now()));
  timer = timers.setTimer(() => void attempt(), delay);

  return () => {
    stopped = true;
    if (timer !== null) timers.clearTimer(timer);
  };
}
