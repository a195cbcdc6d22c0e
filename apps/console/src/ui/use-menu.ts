import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

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
function placeOf(key: string, reached: number, size: number): number | null {
  if (key === 'ArrowDown') return (reached + 1) % size;
  if (key === 'ArrowUp') return (reached - 1 + size) % size;
  if (key === 'Home') return 0;
  return key === 'End' ? size - 1 : null;
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
      if (event.key !== 'ArrowDown' || open) return;
      event.preventDefault();
      setOpen(true);
    },
    onMenuKey: (event) => {
      if (event.key === 'Tab') setOpen(false);
      if (event.key === 'Escape') {
        setOpen(false);
        button.current?.focus();
      }
      const all = items();
      const place = placeOf(
        event.key,
        all.findIndex((item) => item === document.activeElement),
        all.length,
      );
      if (place !== null) all[place]?.focus();
      if (place === null && event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
