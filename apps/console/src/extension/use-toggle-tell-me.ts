import { useCallback } from 'react';
import { useOwn } from '../own/own-context.tsx';

/** So many can be waited for at once; the oldest makes way. */
const MOST = 50;

/** Whether the account is to be told once this extension can be reached, switched over. Returns what it is from here on. */
export function useToggleTellMe(): (id: string) => boolean {
  const own = useOwn();
  return useCallback(
    (id: string) => {
      const { tellMe } = own.store.getState().preferences;
      const waits = tellMe.includes(id);
      const others = tellMe.filter((other) => other !== id);
      own.prefer({ tellMe: waits ? others : [...others, id].slice(-MOST) });
      // Browsers want to be asked by a click, and only once.
      if (!waits && 'Notification' in window && Notification.permission === 'default') {
        void Notification.requestPermission();
      }
      return !waits;
    },
    [own],
  );
}
