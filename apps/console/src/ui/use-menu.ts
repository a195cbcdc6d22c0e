import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type KeyName, boundKey } from './keys.ts';

interface Menu {
  readonly open: boolean;
  readonly menu: RefObject<HTMLDivElement | null>;
  toggle: () => void;
  close: () => void;
  onButtonKey: (event: KeyboardEvent) => void;
  onMenuKey: (event: KeyboardEvent) => void;
}

/** Radio items too. */
const ITEMS = '[role^="menuitem"]';

/** The place that a key leads to, of so many, from the one that has the focus; null for any other key. */
function placeOf(key: KeyName<'menu'> | null, reached: number, size: number): number | null {
  switch (key) {
    case 'next':
      return (reached + 1) % size;
    case 'previous':
      return (reached - 1 + size) % size;
    case 'first':
      return 0;
    case 'last':
      return size - 1;
    case 'close':
    case null:
      return null;
  }
}

/**
 * A menu button as the ARIA practices describe it: it opens with the focus on the first item, the arrows, Home and End
 * move, Escape leads back to the button, and Tab or a click elsewhere closes.
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
      if (boundKey('menu', event) !== 'next' || open) return;
      event.preventDefault();
      setOpen(true);
    },
    onMenuKey: (event) => {
      // The browser moves the focus on.
      if (event.key === 'Tab') setOpen(false);
      const key = boundKey('menu', event);
      if (key === null) return;
      event.preventDefault();
      event.stopPropagation();
      if (key === 'close') {
        setOpen(false);
        button.current?.focus();
      }
      const all = items();
      const reached = all.findIndex((item) => item === document.activeElement);
      const place = placeOf(key, reached, all.length);
      if (place !== null) all[place]?.focus();
    },
  };
}
