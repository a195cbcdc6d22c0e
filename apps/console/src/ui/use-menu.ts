import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type ShortcutName, matchShortcut } from '../keyboard/shortcuts.ts';

interface Menu {
  readonly open: boolean;
  readonly menu: RefObject<HTMLDivElement | null>;
  toggle: () => void;
  close: () => void;
  onButtonKey: (event: KeyboardEvent) => void;
  onMenuKey: (event: KeyboardEvent) => void;
}

/** Includes `menuitemradio`. */
const ITEMS = '[role^="menuitem"]';

/** Returns the index that a key leads to; null for any other key. */
function nextItemIndex(key: ShortcutName<'menu'> | null, focusedIndex: number, count: number): number | null {
  switch (key) {
    case 'next':
      return (focusedIndex + 1) % count;
    case 'previous':
      return (focusedIndex - 1 + count) % count;
    case 'first':
      return 0;
    case 'last':
      return count - 1;
    case 'close':
    case null:
      return null;
  }
}

/**
 * A menu button by the ARIA Authoring Practices: focus starts on the first item, arrow keys, Home and End move,
 * Escape returns to the button, Tab or a click elsewhere closes.
 */
export function useMenu(button: RefObject<HTMLButtonElement | null>): Menu {
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>(ITEMS) ?? [])];

  useEffect(() => {
    if (!open) return undefined;
    menu.current?.querySelector<HTMLElement>(ITEMS)?.focus();
    const onPointer = ({ target }: PointerEvent) => {
      if (!(target instanceof Node)) return;
      if (menu.current?.contains(target) || button.current?.contains(target)) return;
      setOpen(false);
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [open, button]);

  return {
    open,
    menu,
    toggle: () => setOpen(!open),
    close: () => setOpen(false),
    onButtonKey: (event) => {
      if (matchShortcut('menu', event) !== 'next' || open) return;
      event.preventDefault();
      setOpen(true);
    },
    onMenuKey: (event) => {
      // The browser moves the focus on.
      if (event.key === 'Tab') setOpen(false);
      const key = matchShortcut('menu', event);
      if (key === null) return;
      event.preventDefault();
      event.stopPropagation();
      if (key === 'close') {
        setOpen(false);
        button.current?.focus();
      }
      const menuItems = items();
      const focusedIndex = menuItems.findIndex((item) => item === document.activeElement);
      const index = nextItemIndex(key, focusedIndex, menuItems.length);
      if (index !== null) menuItems[index]?.focus();
    },
  };
}
