import { useMemo } from 'react';
import { useT } from '../i18n/i18n-context.tsx';
import { useOwn } from '../own/own-context.tsx';
import { useNotices } from '../ui/notices.tsx';
import { useNameOf } from './use-name-of.ts';
import { useToggleTellMe } from './use-toggle-tell-me.ts';

interface OwnMarks {
  toggleFavourite: (id: string) => void;
  toggleTellMe: (id: string) => void;
}

/** What the account marks somebody with, by a key or a star; what it is from then on is told. */
export function useOwnMarks(): OwnMarks {
  const t = useT();
  const own = useOwn();
  const nameOf = useNameOf();
  const notices = useNotices();
  const switchTellMe = useToggleTellMe();
  return useMemo(() => {
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
  }, [t, own, nameOf, notices, switchTellMe]);
}
