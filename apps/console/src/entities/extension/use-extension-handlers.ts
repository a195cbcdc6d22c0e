import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import { matchShortcut } from '../../keyboard/shortcuts.ts';
import { useExtensionActions } from './use-extension-actions.ts';

/** Mouse and key handlers of an extension. `hovered`: pointer or focus is there; only then a star to click is rendered. */
export function useExtensionHandlers(
  id: string,
  { onOpen, onFocusTile }: Record<'onOpen' | 'onFocusTile', (id: string) => void>,
) {
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
      onClick: ({ target }: MouseEvent) => {
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
