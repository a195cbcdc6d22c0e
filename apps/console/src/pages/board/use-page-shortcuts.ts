import { useLayoutEffect } from 'react';
import { matchShortcut } from '../../keyboard/shortcuts.ts';
import { isTextInput } from '../../keyboard/is-text-input.ts';

interface BoardShortcuts {
  onFind: () => void;
  onEscape: () => void;
  onFavourite: () => void;
  onToggleWatch: () => void;
}

const isTypedCharacter = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  /^[\p{L}\p{N}]$/u.test(key) && !ctrlKey && !metaKey && !altKey;

/** Letters navigate menus. */
const inMenu = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[role="menu"]') !== null;

/** Shortcuts of the board page; typing a letter or digit anywhere searches. */
export function usePageShortcuts({ onFind, onEscape, onFavourite, onToggleWatch }: BoardShortcuts): void {
  // A layout effect, so that a key pressed at first sight works.
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
      // The browser types the character itself, into the field that has the focus by then.
      else if (!isTypedCharacter(event)) return;
      onFind();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onFind, onEscape, onFavourite, onToggleWatch]);
}
