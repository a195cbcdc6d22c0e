import { basePath } from '../../data/http/base-path.ts';
import { type Timers, browserTimers } from '../../data/socket/timers.ts';
import { useEffect } from 'react';
import { useLiveState } from '../../data/socket/live-context.tsx';

const isServerUp = async () => {
  try {
    return (await fetch(`${basePath()}/healthz`, { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
};

/** Keeps the screen on, and reloads an incompatible page. */
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

/** Holds a screen wake lock while the page is visible; returns the release function. */
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
      // Refused, for instance on a low battery; requested again when the page becomes visible.
    }
  };
  // The browser releases the lock of a hidden page.
  const onVisibility = () => void acquire();
  page.addEventListener('visibilitychange', onVisibility);
  void acquire();

  return () => {
    stopped = true;
    page.removeEventListener('visibilitychange', onVisibility);
    void lock?.release();
  };
}

/** Limits automatic reloads. */
const MIN_RELOAD_INTERVAL_MS = 60_000;
const STORAGE_KEY = 'lampboard.wall.reloaded';

interface ReloadOptions {
  timers: Pick<Timers, 'setTimer' | 'clearTimer'>;
  now: () => number;
  /** Keeps the time of the last reload. */
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** True if the gateway serves the page; a reload would otherwise end at the browser's error page. */
  isServerUp: () => Promise<boolean>;
  reload: () => void;
}

/** Reloads the page once that is due and the gateway serves it; returns the stop function. */
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
