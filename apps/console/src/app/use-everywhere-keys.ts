import { useEffectEvent, useLayoutEffect } from 'react';
import { useTypedSinceSave } from '../features/person/use-typed-since-save.ts';
import { useUndo } from '../features/person/use-undo.ts';
import { boundKey } from '../ui/keys.ts';
import { takesText } from '../ui/takes-text.ts';
import { useOpenAnywhere } from './use-open-anywhere.ts';

interface EverywhereKeys {
  onPalette: () => void;
  onHelp: () => void;
}

/**
 * The keys of every page. That of the palette works in text fields and dialogs too, which keep other keys to themselves.
 * Undo and redo are a text field's own, unless nothing was typed since a change was sent.
 */
export function useEverywhereKeys({ onPalette, onHelp }: EverywhereKeys): void {
  const undo = useUndo(useOpenAnywhere());
  const typedSinceSave = useTypedSinceSave();
  const toPalette = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || boundKey('everywhere', event) !== 'palette') return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) onPalette();
  });
  const others = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const key = boundKey('everywhere', event);
    const inText = takesText(event.target);
    if (key === 'help' && !inText) onHelp();
    else if ((key === 'undo' || key === 'redo') && (!inText || !typedSinceSave())) undo(key);
    else return;
    event.preventDefault();
  });

  // Before the page is seen: whoever sees it may press a key at once.
  useLayoutEffect(() => {
    const onFirst = (event: KeyboardEvent) => toPalette(event);
    const onLast = (event: KeyboardEvent) => others(event);
    document.addEventListener('keydown', onFirst, { capture: true });
    document.addEventListener('keydown', onLast);
    return () => {
      document.removeEventListener('keydown', onFirst, { capture: true });
      document.removeEventListener('keydown', onLast);
    };
  }, []);
}
