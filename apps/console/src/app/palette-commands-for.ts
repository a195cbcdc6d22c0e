import { isFree } from '@lampboard/board';
import { useCallback } from 'react';
import { FAVOURITES } from '@lampboard/protocol';
import type { PaletteCommand } from '../features/palette/command.ts';
import { useNameOf } from '../extension/use-name-of.ts';
import { useToggleTellMe } from '../extension/use-toggle-tell-me.ts';
import { useT } from '../i18n/i18n-context.tsx';
import { useLive } from '../live/live-context.tsx';
import { rowsOf } from '../live/live-state.ts';
import { useOwn, useOwnGroups, usePreference } from '../own/own-context.tsx';
import { KEYS } from '../ui/keys.ts';

/** What can be done about one extension by name, beside opening and setting it. */
export function useCommandsFor(): (id: string) => readonly PaletteCommand[] {
  const t = useT();
  const own = useOwn();
  const { store } = useLive();
  const nameOf = useNameOf();
  const tellMe = usePreference('tellMe');
  const toggleTellMe = useToggleTellMe();
  const groups = useOwnGroups();
  return useCallback(
    (id) => {
      const row = rowsOf(store.getState()).get(id);
      if (row === undefined) return [];
      const name = nameOf(id);
      const told = tellMe.includes(id);
      const favourite = groups.some((group) => group.id === FAVOURITES && group.members.includes(id));
      const tell = {
        id: `tell ${id}`,
        kind: '',
        words: t(told ? 'palette.tell-me-off' : 'palette.tell-me', { name }),
        keys: KEYS.board.tellMe[0],
        run: () => void toggleTellMe(id),
      };
      const star = {
        id: `favourite ${id}`,
        kind: '',
        words: t(favourite ? 'palette.favourite-off' : 'palette.favourite', { name }),
        keys: KEYS.board.favourite[0],
        run: () => own.toggleFavourite(id),
      };
      return isFree(row) && !told ? [star] : [tell, star];
    },
    [t, own, store, nameOf, tellMe, toggleTellMe, groups],
  );
}
