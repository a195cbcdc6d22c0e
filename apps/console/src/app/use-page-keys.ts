import { useLayoutEffect } from 'react';
import { boundKey } from '../ui/keys.ts';
import { takesText } from '../ui/takes-text.ts';

interface PageKeys {
  /** The search is wanted; what is typed next is typed there. */
  onFind: () => void;
  onEscape: () => void;
  /** Marks the person who is open. */
  onFavourite: () => void;
  onTellMe: () => void;
}

/** A letter or digit, as people type it who look for somebody. */
const begins = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  /^[\p{L}\p{N}]$/u.test(key) && !ctrlKey && !metaKey && !altKey;

/** In a menu, letters are the menu's. */
const inMenu = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[role="menu"]') !== null;

/** The keys of the board page, wherever the focus is: to the search, by its key or by just typing, and Escape back. */
export function usePageKeys({ onFind, onEscape, onFavourite, onTellMe }: PageKeys): void {
  // Before the page is seen: whoever sees it may press a key at once.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const key = boundKey('everywhere', event);
      if (key === 'close') onEscape();
      if (takesText(event.target) || inMenu(event.target)) return;
      const mark = boundKey('person', event);
      if (mark === 'favourite') return onFavourite();
      if (mark === 'tellMe') return onTellMe();
      if (key === 'find') event.preventDefault();
      // The character itself is left to the browser, which types it where the focus is by then.
      else if (!begins(event)) return;
      onFind();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onFind, onEscape, onFavourite, onTellMe]);
}
