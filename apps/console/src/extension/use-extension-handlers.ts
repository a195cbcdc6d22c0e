import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import { useT } from '../i18n/i18n-context.tsx';
import { useOwn } from '../own/own-context.tsx';
import { boundKey } from '../ui/keys.ts';
import { useNotices } from '../ui/notices.tsx';
import type { ShownExtension } from './use-extension.ts';

interface ExtensionHandlers {
  readonly onClick: (event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onPointerEnter: () => void;
  readonly onPointerLeave: () => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}

interface ExtensionWays {
  onOpen: (id: string) => void;
  /** It has got the focus. */
  onReach: (id: string) => void;
}

/**
 * What can be done with an extension by mouse and by key. `near`: the pointer or the focus is there, so that what can
 * be done is worth showing; a star in each of the others would be a sixth of what the browser has to lay out.
 */
export function useExtensionHandlers(
  id: string,
  shown: ShownExtension | null,
  { onOpen, onReach }: ExtensionWays,
): { readonly handlers: ExtensionHandlers; readonly near: boolean } {
  const t = useT();
  const own = useOwn();
  const notices = useNotices();
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
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

  const onKeyDown = (event: KeyboardEvent) => {
    const key = boundKey('board', event);
    if (event.altKey && key === 'open') return;
    if (key !== 'open' && key !== 'favourite' && key !== 'tellMe') return;
    if (key !== 'open' && !own.store.getState().preferences.singleKeys) return;
    event.preventDefault();
    if (key === 'open') onOpen(id);
    else if (key === 'favourite') toggleFavourite();
    else toggleTold();
  };

  return {
    near: pointed || focused,
    handlers: {
      onClick: ({ target }) => {
        const onStar = target instanceof Element && target.closest('.mark-star') !== null;
        if (onStar) toggleFavourite();
        else onOpen(id);
      },
      onKeyDown,
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => {
        setFocused(true);
        onReach(id);
      },
      onBlur: () => setFocused(false),
    },
  };
}
