import { type RefObject, useEffect, useEffectEvent } from 'react';

/** Calls `onLost` when the focused element is removed, since browsers would leave the focus nowhere. */
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
      // While a dialog has the focus, it is lost only when that closes.
      const dialog = activeElement?.closest('dialog') ?? null;
      if (dialog !== null && !dialog.contains(root)) return;
      const removed = lastFocused;
      lastFocused = null;
      if (activeElement === document.body) handleLost(removed);
    });
    root.addEventListener('focusin', onFocusIn);
    observer.observe(root, { childList: true, subtree: true });
    observer.observe(document.body, { childList: true });
    return () => {
      root.removeEventListener('focusin', onFocusIn);
      observer.disconnect();
    };
  }, [container]);
}
