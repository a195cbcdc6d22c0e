import { X } from 'lucide-react';
import { type ReactNode, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useT } from '../i18n/i18n-context.tsx';
import { boundKey } from './keys.ts';
import { useModal } from './use-modal.ts';
import './dialog.css';

interface DialogProps {
  heading: string;
  /** A sheet stands at the side, as high as the page; a box in the middle, which may be wide. */
  look?: 'sheet' | 'box' | 'wide';
  onClose: () => void;
  children: ReactNode;
}

/**
 * Over the page, which cannot be reached meanwhile. The focus goes to what is marked `data-focus-first`, else to the
 * heading; Escape closes, and it goes back to where it was. It is drawn outside of what opens it, which may be a form.
 */
export function Dialog({ heading, look = 'box', onClose, children }: DialogProps) {
  const t = useT();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);

  useModal(dialog, title);

  return createPortal(
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of what is in it stay in it
    <dialog
      ref={dialog}
      className={`dialog dialog-${look}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        const closes = boundKey('everywhere', event) === 'close';
        // One that is taken already, as by what is being dragged, goes on to the document.
        if (closes && event.defaultPrevented) return;
        event.stopPropagation();
        if (!closes) return;
        event.preventDefault();
        onClose();
      }}
      // Forms around what opens it are not meant.
      onSubmit={(event) => event.stopPropagation()}
    >
      <header className="dialog-head">
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
