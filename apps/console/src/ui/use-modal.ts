import { type RefObject, useLayoutEffect } from 'react';

/**
 * Shows a dialog over the page for as long as it is there. What is marked `data-focus-first` has the focus, else `first`;
 * it goes back to where it was then.
 */
export function useModal(
  dialog: RefObject<HTMLDialogElement | null>,
  first: RefObject<HTMLElement | null>,
): void {
  // Before anything else can be typed.
  useLayoutEffect(() => {
    const { current: element } = dialog;
    const { activeElement: before } = document;
    element?.showModal();
    (element?.querySelector<HTMLElement>('[data-focus-first]') ?? first.current)?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, [dialog, first]);
}
