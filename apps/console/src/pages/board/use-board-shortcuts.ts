import { useLayoutEffect } from 'react';
import { matchShortcut } from '../../keyboard/shortcuts.ts';
import { isTextInput } from '../../keyboard/is-text-input.ts';

interface BoardShortcuts {
  /** The search is wanted; what is typed next is typed there. */
  onFind: () => void;
  onEscape: () => void;
  /** Marks the person who is open. */
  onFavourite: () => void;
  onToggleWatch: () => void;
}

/** A letter or digit, as people type it who look for somebody. */
const isTypedCharacter = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  /^[\p{L}\p{N}]$/u.test(key) && !ctrlKey && !metaKey && !altKey;

/** In a menu, letters are the menu's. */
const inMenu = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[role="menu"]') !== null;

/** The keys of the board page, wherever the focus is: to the search, by its key or by just typing, and Escape back. */
export function useBoardShortcuts({ onFind, onEscape, onFavourite, onToggleWatch }: BoardShortcuts): void {
  // Before the page is seen: whoever sees it may press a key at once.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const key = matchShortcut('global', event);
      if (key === 'close') onEscape();
      if (isTextInput(event.target) || inMenu(event.target)) return;
      const action = matchShortcut('person', event);
      if (action === 'favourite') return onFavourite();
      if (action === 'watch') return onToggleWatch();
      if (key === 'find') event.preventDefault();
      // The character itself is left to the browser, which types it where the focus is by then.
      else if (!isTypedCharacter(event)) return;
      onFind();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onFind, onEscape, onFavourite, onToggleWatch]);
}
