import { type RefObject, useEffect, useEffectEvent } from 'react';

/**
 * What has the focus may go away with it: a button that has done its work, a tile that a search leaves out. Browsers then
 * leave the focus nowhere, and every key around it is dead. `onLost` gives it to something else; it is told what went.
 */
export function useFocusFallback(
  container: RefObject<HTMLElement | null>,
  onLost: (removed: Element) => void,
): void {
  const handleLost = useEffectEvent(onLost);

  useEffect(() => {
    const { current: root } = container;
    if (root === null) return undefined;
    let lastFocused: Element | null = null;
    const onFocusIn = ({ target }: FocusEvent) => {
      lastFocused = target instanceof Element ? target : null;
    };
    const observer = new MutationObserver(() => {
      if (lastFocused === null || lastFocused.isConnected) return;
      const { activeElement } = document;
      // A dialog over it has the focus: it is lost only as that closes.
      const dialog = activeElement?.closest('dialog') ?? null;
      if (dialog !== null && !dialog.contains(root)) return;
      const removed = lastFocused;
      lastFocused = null;
      if (activeElement === document.body) handleLost(removed);
    });
    root.addEventListener('focusin', onFocusIn);
    observer.observe(root, { childList: true, subtree: true });
    // Dialogs are drawn there.
    observer.observe(document.body, { childList: true });
    return () => {
      root.removeEventListener('focusin', onFocusIn);
      observer.disconnect();
    };
  }, [container]);
}
