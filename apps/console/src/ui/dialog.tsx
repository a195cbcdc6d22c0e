import { type RefObject, useLayoutEffect, type ReactNode, useId, useRef } from 'react';
import { X } from 'lucide-react';
import { createPortal } from 'react-dom';
import { useT } from '../i18n/i18n-context.tsx';
import { matchShortcut } from '../keyboard/shortcuts.ts';
import { IconButton } from './button.tsx';
import './dialog.css';

interface DialogProps {
  heading: string;
  /** A sheet is as high as the page, at the side; a box is in the middle. */
  variant?: 'sheet' | 'box' | 'wide';
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog, in a portal since its opener may be inside a form. It focuses `data-focus-first`, else the heading. */
export function Dialog({ heading, variant = 'box', onClose, children }: DialogProps) {
  const t = useT();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);

  useDialog(dialog, title);

  return createPortal(
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys do not propagate to the page
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
        // A handled Escape, such as of a drag, propagates to the document.
        if (isCloseKey && event.defaultPrevented) return;
        event.stopPropagation();
        if (!isCloseKey) return;
        event.preventDefault();
        onClose();
      }}
      // React events propagate to the form around the opener.
      onSubmit={(event) => event.stopPropagation()}
    >
      <header className="dialog-header">
        <h2 ref={title} id={id} tabIndex={-1} dir="auto">
          {heading}
        </h2>
        <IconButton className="dialog-close" Icon={X} size={18} label={t('ui.close')} onClick={onClose} />
      </header>
      {children}
    </dialog>,
    document.body,
  );
}

/** Opens a modal dialog while mounted, focuses `data-focus-first`, else `initialFocus`, and restores focus. */
export function useDialog(
  dialog: RefObject<HTMLDialogElement | null>,
  initialFocus: RefObject<HTMLElement | null>,
): void {
  // A layout effect, so that no key reaches the page.
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
