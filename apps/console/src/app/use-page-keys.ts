import { useEffect } from 'react';
import { boundKey } from '../ui/keys.ts';

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
      if (event.defaultPrevented) return;
      const key = boundKey('everywhere', event);
      if (key === 'find' && !takesText(event.target)) {
        event.preventDefault();
        onSlash();
      }
      if (key === 'close') onEscape();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onSlash, onEscape]);
}
