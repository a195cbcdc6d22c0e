import { useEffect } from 'react';

/** The browser asks before it leaves the page or reloads it. */
export function useLeaveWarning(enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [enabled]);
}
