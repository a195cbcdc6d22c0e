import { useMemo } from 'react';
import { useT } from '../i18n/i18n-context.tsx';
import { useLive } from '../live/live-context.tsx';
import { rowsOf } from '../live/live-state.ts';
import { useOwn } from '../own/own-context.tsx';
import { useNotices } from '../ui/notices.tsx';
import { useToggleTellMe } from './use-toggle-tell-me.ts';

interface OwnMarks {
  toggleFavourite: (id: string) => void;
  toggleTellMe: (id: string) => void;
}

/** What the account marks somebody with, by a key or a star; what it is from then on is told. */
export function useOwnMarks(): OwnMarks {
  const t = useT();
  const own = useOwn();
  const { store } = useLive();
  const notices = useNotices();
  const switchTellMe = useToggleTellMe();
  return useMemo(() => {
    const nameOf = (id: string) => rowsOf(store.getState()).get(id)?.person.name ?? id;
    const tell = (text: string) => notices.tell({ text, tone: 'done' });
    return {
      toggleFavourite: (id) => {
        const is = own.toggleFavourite(id);
        tell(t(is ? 'tile.favourite-on' : 'tile.favourite-off', { name: nameOf(id) }));
      },
      toggleTellMe: (id) => {
        const is = switchTellMe(id);
        tell(t(is ? 'tile.told-on' : 'tile.told-off', { name: nameOf(id) }));
      },
    };
  }, [t, own, store, notices, switchTellMe]);
}
