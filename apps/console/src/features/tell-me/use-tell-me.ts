import { isFree } from '@lampboard/board';
import { useEffect, useEffectEvent } from 'react';
import { useNameOf } from '../../extension/use-name-of.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLive } from '../../live/live-context.tsx';
import { isLive } from '../../live/live-state.ts';
import { useOwn } from '../../own/own-context.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { callUser } from './call-user.ts';

/** Tells, once, when somebody that the account waits for can be reached: seen live, never as last known. */
export function useTellMe(onOpen: (id: string) => void): void {
  const t = useT();
  const { store } = useLive();
  const own = useOwn();
  const notices = useNotices();
  const nameOf = useNameOf();

  const tell = useEffectEvent((id: string) => {
    const text = t('tell-me.reachable', { name: nameOf(id) });
    const open = () => onOpen(id);
    notices.tell({ text, tone: 'done', action: { word: t('quick.open'), run: open } });
    callUser({ id, text, sound: own.store.getState().preferences.sound, onOpen: open });
  });

  useEffect(() => {
    const look = () => {
      const state = store.getState();
      const { tellMe } = own.store.getState().preferences;
      if (tellMe.length === 0 || !isLive(state)) return;
      const found = tellMe.flatMap((id) => {
        const row = state.board?.rows.get(id);
        return row !== undefined && isFree(row) ? [row] : [];
      });
      if (found.length === 0) return;
      const told = new Set(found.map(({ id }) => id));
      // Taken off the list first: what is told is told once.
      own.prefer({ tellMe: tellMe.filter((id) => !told.has(id)) });
      for (const { id } of found) tell(id);
    };
    const stops = [store.subscribe(look), own.store.subscribe(look)];
    look();
    return () => {
      for (const stop of stops) stop();
    };
  }, [store, own]);
}
