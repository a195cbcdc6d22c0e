import { useEffect, useRef } from 'react';

const REFRESH_MS = 4000;

/** Calls `refresh` some time after `key` has changed, once for all changes until then. */
export function useRefreshAfterChange(key: string, refresh: () => Promise<unknown>): void {
  const last = useRef(key);
  const timer = useRef<number | null>(null);

  useEffect(() => {
    if (key === last.current) return;
    last.current = key;
    if (timer.current !== null) return;
    timer.current = window.setTimeout(() => {
      timer.current = null;
      void refresh();
    }, REFRESH_MS);
  }, [key, refresh]);
  useEffect(
    () => () => {
      if (timer.current !== null) window.clearTimeout(timer.current);
    },
    [],
  );
}
