import { type RefObject, useLayoutEffect, type ReactNode, useId, useRef } from 'react';
import { X } from 'lucide-react';
import { createPortal } from 'react-dom';
import { useT } from '../i18n/i18n-context.tsx';
import { matchShortcut } from '../keyboard/shortcuts.ts';
import './dialog.css';

interface DialogProps {
  heading: string;
  /** A sheet stands at the side, as high as the page; a box in the middle, which may be wide. */
  variant?: 'sheet' | 'box' | 'wide';
  onClose: () => void;
  children: ReactNode;
}

/**
 * Over the page, which cannot be reached meanwhile. The focus goes to what is marked `data-focus-first`, else to the
 * heading; Escape closes, and it goes back to where it was. It is drawn outside of what opens it, which may be a form.
 */
export function Dialog({ heading, variant = 'box', onClose, children }: DialogProps) {
  const t = useT();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);

  useDialog(dialog, title);

  return createPortal(
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of what is in it stay in it
    <dialog
      ref={dialog}
      className={`dialog dialog-${variant}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        const isCloseKey = matchShortcut('global', event) === 'close';
        // One that is taken already, as by what is being dragged, goes on to the document.
        if (isCloseKey && event.defaultPrevented) return;
        event.stopPropagation();
        if (!isCloseKey) return;
        event.preventDefault();
        onClose();
      }}
      // Forms around what opens it are not meant.
      onSubmit={(event) => event.stopPropagation()}
    >
      <header className="dialog-header">
        <h2 ref={title} id={id} tabIndex={-1} dir="auto">
          {heading}
        </h2>
        <button type="button" className="dialog-close" aria-label={t('ui.close')} onClick={onClose}>
          <X size={18} aria-hidden="true" />
        </button>
      </header>
      {children}
    </dialog>,
    document.body,
  );
}

/**
 * Shows a dialog over the page for as long as it is there. What is marked `data-focus-first` has the focus, else `first`;
 * it goes back to where it was then.
 */
export function useDialog(
  dialog: RefObject<HTMLDialogElement | null>,
  initialFocus: RefObject<HTMLElement | null>,
): void {
  // Before anything else can be typed.
  useLayoutEffect(() => {
    const { current: element } = dialog;
    const { activeElement: previouslyFocused } = document;
    element?.showModal();
    (element?.querySelector<HTMLElement>('[data-focus-first]') ?? initialFocus.current)?.focus();
    return () => {
      element?.close();
      if (previouslyFocused instanceof HTMLElement) previouslyFocused.focus();
    };
  }, [dialog, initialFocus]);
}
