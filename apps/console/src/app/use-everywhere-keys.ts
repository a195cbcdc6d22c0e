import { useEffect, useEffectEvent } from 'react';
import { boundKey } from '../ui/keys.ts';
import { useNotices } from '../ui/notices.tsx';
import { takesText } from '../ui/takes-text.ts';

interface EverywhereKeys {
  onPalette: () => void;
  onHelp: () => void;
}

/** The keys of every page. That of the palette works in text fields and dialogs too, which keep other keys to themselves. */
export function useEverywhereKeys({ onPalette, onHelp }: EverywhereKeys): void {
  const notices = useNotices();
  const toPalette = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || boundKey('everywhere', event) !== 'palette') return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) onPalette();
  });
  const others = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || takesText(event.target)) return;
    const key = boundKey('everywhere', event);
    if (key === 'help') onHelp();
    else if (key !== 'undo' || !notices.runLatest()) return;
    event.preventDefault();
  });

  useEffect(() => {
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
