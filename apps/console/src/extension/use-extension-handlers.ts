import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import { boundKey } from '../ui/keys.ts';
import { useOwnMarks } from './use-own-marks.ts';

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
  { onOpen, onReach }: ExtensionWays,
): { readonly handlers: ExtensionHandlers; readonly near: boolean } {
  const { toggleFavourite, toggleTellMe } = useOwnMarks();
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);

  const onKeyDown = (event: KeyboardEvent) => {
    const key = boundKey('board', event);
    if (event.altKey && key === 'open') return;
    if (key !== 'open' && key !== 'favourite' && key !== 'tellMe') return;
    event.preventDefault();
    if (key === 'open') onOpen(id);
    else if (key === 'favourite') toggleFavourite(id);
    else toggleTellMe(id);
  };

  return {
    near: pointed || focused,
    handlers: {
      onClick: ({ target }) => {
        const onStar = target instanceof Element && target.closest('.mark-star') !== null;
        if (onStar) toggleFavourite(id);
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
