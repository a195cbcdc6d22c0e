import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import { matchShortcut } from '../../keyboard/shortcuts.ts';
import { useExtensionActions } from './use-extension-actions.ts';

interface ExtensionHandlers {
  readonly onClick: (event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onPointerEnter: () => void;
  readonly onPointerLeave: () => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}

interface ExtensionCallbacks {
  onOpen: (id: string) => void;
  /** It has got the focus. */
  onFocusTile: (id: string) => void;
}

/**
 * What can be done with an extension by mouse and by key. `near`: the pointer or the focus is there, so that what can
 * be done is worth showing; a star in each of the others would be a sixth of what the browser has to lay out.
 */
export function useExtensionHandlers(
  id: string,
  { onOpen, onFocusTile }: ExtensionCallbacks,
): { readonly handlers: ExtensionHandlers; readonly hovered: boolean } {
  const { toggleFavourite, toggleWatch } = useExtensionActions();
  const [pointerInside, setPointerInside] = useState(false);
  const [focused, setFocused] = useState(false);

  const onKeyDown = (event: KeyboardEvent) => {
    const key = matchShortcut('board', event);
    if (event.altKey && key === 'open') return;
    if (key !== 'open' && key !== 'favourite' && key !== 'watch') return;
    event.preventDefault();
    if (key === 'open') onOpen(id);
    else if (key === 'favourite') toggleFavourite(id);
    else toggleWatch(id);
  };

  return {
    hovered: pointerInside || focused,
    handlers: {
      onClick: ({ target }) => {
        const onStar = target instanceof Element && target.closest('.badge-favourite') !== null;
        if (onStar) toggleFavourite(id);
        else onOpen(id);
      },
      onKeyDown,
      onPointerEnter: () => setPointerInside(true),
      onPointerLeave: () => setPointerInside(false),
      onFocus: () => {
        setFocused(true);
        onFocusTile(id);
      },
      onBlur: () => setFocused(false),
    },
  };
}
