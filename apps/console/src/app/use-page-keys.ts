import { type RefObject, useEffect } from 'react';

interface PageKeys {
  searchField: RefObject<HTMLInputElement | null>;
  /** Null where Escape has nothing to close. */
  onEscape: (() => void) | null;
}

const takesText = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'radio');

/** The keys that work wherever the focus is: `/` goes to the search, Escape closes the panel. */
export function usePageKeys({ searchField, onEscape }: PageKeys): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '/' && !takesText(event.target)) {
        event.preventDefault();
        searchField.current?.focus();
        searchField.current?.select();
      }
      if (event.key === 'Escape') onEscape?.();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [searchField, onEscape]);
}
