import { useLayoutEffect } from 'react';
import { isSingleKey } from '../ui/keys.ts';
import { takesText } from '../ui/takes-text.ts';

/**
 * While they are switched off, single characters do nothing outside text fields, for words spoken to a computer would
 * set off one after another (WCAG 2.1.4). In a radio group that has the focus they stay: it was gone to on purpose.
 */
export function useSingleKeys(on: boolean): void {
  // Before the page is seen: whoever sees it may press a key at once.
  useLayoutEffect(() => {
    if (on) return undefined;
    const { dataset } = document.documentElement;
    const onKeyDown = (event: KeyboardEvent) => {
      const withModifier = event.ctrlKey || event.metaKey || event.altKey;
      if (!isSingleKey(event.key) || withModifier || takesText(event.target)) return;
      if (event.target instanceof Element && event.target.closest('[role="radiogroup"]') !== null) return;
      event.stopImmediatePropagation();
    };
    dataset['singleKeys'] = 'off';
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      delete dataset['singleKeys'];
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [on]);
}
