import type { KeyboardEvent, MouseEvent } from 'react';
import { useT } from '../i18n/i18n-context.tsx';
import { useOwn } from '../own/own-context.tsx';
import { boundKey } from '../ui/keys.ts';
import { useNotices } from '../ui/notices.tsx';
import type { ShownExtension } from './use-extension.ts';

interface ExtensionHandlers {
  readonly onClick: (event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** What can be done with the extension that has the focus, by mouse and by key; null where there is none. */
export function useExtensionHandlers(
  id: string,
  shown: ShownExtension | null,
  onOpen: (id: string) => void,
): ExtensionHandlers {
  const t = useT();
  const own = useOwn();
  const notices = useNotices();
  const name = shown?.row.person.name ?? id;

  const toggleFavourite = () => {
    own.toggleFavourite(id);
    const text = t(shown?.favourite ? 'tile.favourite-off' : 'tile.favourite-on', { name });
    notices.tell({ text, tone: 'done' });
  };
  const toggleTold = () => {
    const { tellMe } = own.store.getState().preferences;
    own.prefer({ tellMe: shown?.told ? tellMe.filter((other) => other !== id) : [...tellMe, id] });
    notices.tell({ text: t(shown?.told ? 'tile.told-off' : 'tile.told-on', { name }), tone: 'done' });
  };

  return {
    onClick: ({ target }) => {
      const onStar = target instanceof Element && target.closest('.mark-star') !== null;
      if (onStar) toggleFavourite();
      else onOpen(id);
    },
    onKeyDown: (event) => {
      const key = boundKey('board', event);
      if (event.altKey && key === 'open') return;
      if (key !== 'open' && key !== 'favourite' && key !== 'tellMe') return;
      if (key !== 'open' && !own.store.getState().preferences.singleKeys) return;
      event.preventDefault();
      if (key === 'open') onOpen(id);
      else if (key === 'favourite') toggleFavourite();
      else toggleTold();
    },
  };
}
