import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { matchShortcut } from '../keyboard/shortcuts.ts';

/** Includes `menuitemradio`. */
const ITEMS = '[role^="menuitem"]';

/** A menu button by the ARIA Authoring Practices: arrow keys, Home, End, Escape, Tab, and a click elsewhere. */
export function useMenu(button: RefObject<HTMLButtonElement | null>) {
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);

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
    onButtonKey: (event: KeyboardEvent) => {
      if (matchShortcut('menu', event) !== 'next' || open) return;
      event.preventDefault();
      setOpen(true);
    },
    onMenuKey: (event: KeyboardEvent) => {
      // The browser moves the focus on.
      if (event.key === 'Tab') setOpen(false);
      const key = matchShortcut('menu', event);
      if (key === null) return;
      event.preventDefault();
      event.stopPropagation();
      if (key === 'close') {
        setOpen(false);
        button.current?.focus();
        return;
      }
      const items = [...(menu.current?.querySelectorAll<HTMLElement>(ITEMS) ?? [])];
      const current = items.findIndex((item) => item === document.activeElement);
      const last = items.length - 1;
      const targets = {
        next: (current + 1) % items.length,
        previous: (current - 1 + items.length) % items.length,
        first: 0,
        last,
      };
      items[targets[key]]?.focus();
    },
  };
}
