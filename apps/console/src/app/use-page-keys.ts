import { useEffect } from 'react';

interface PageKeys {
  onSlash: () => void;
  onEscape: () => void;
}

const takesText = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'radio');

/** The keys that work wherever the focus is: `/` goes to the search, Escape closes the panel, then clears the search. */
export function usePageKeys({ onSlash, onEscape }: PageKeys): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '/' && !takesText(event.target)) {
        event.preventDefault();
        onSlash();
      }
      if (event.key === 'Escape') onEscape();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onSlash, onEscape]);
}
