import { type RefObject, useEffect, useEffectEvent } from 'react';

/**
 * What has the focus may go away with it: a button that has done its work, a tile that a search leaves out. Browsers then
 * leave the focus nowhere, and every key around it is dead. `onLost` gives it to something else; it is told what went.
 */
export function useKeptFocus(around: RefObject<HTMLElement | null>, onLost: (gone: Element) => void): void {
  const lost = useEffectEvent(onLost);

  useEffect(() => {
    const { current: root } = around;
    if (root === null) return undefined;
    let last: Element | null = null;
    const onFocusIn = ({ target }: FocusEvent) => {
      last = target instanceof Element ? target : null;
    };
    const observer = new MutationObserver(() => {
      if (last === null || last.isConnected) return;
      const { activeElement } = document;
      // A dialog over it has the focus: it is lost only as that closes.
      const over = activeElement?.closest('dialog') ?? null;
      if (over !== null && !over.contains(root)) return;
      const gone = last;
      last = null;
      if (activeElement === document.body) lost(gone);
    });
    root.addEventListener('focusin', onFocusIn);
    observer.observe(root, { childList: true, subtree: true });
    // Dialogs are drawn there.
    observer.observe(document.body, { childList: true });
    return () => {
      root.removeEventListener('focusin', onFocusIn);
      observer.disconnect();
    };
  }, [around]);
}
