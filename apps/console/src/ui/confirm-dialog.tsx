import type { ReactNode } from 'react';
import { useT } from '../i18n/i18n-context.tsx';
import { Alert } from './alert.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

interface ConfirmDialogProps {
  heading: string;
  children: ReactNode;
  /** What is done on request. */
  word: string;
  busy: boolean;
  /** Why it was refused. */
  failure: string | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({ heading, children, word, busy, failure, ...ways }: ConfirmDialogProps) {
  const t = useT();
  return (
    <Dialog heading={heading} onClose={ways.onClose}>
      <p>{children}</p>
      {failure !== null && <Alert>{failure}</Alert>}
      <div className="dialog-ways">
        <Button onClick={ways.onClose}>{t('ui.cancel')}</Button>
        <Button look="danger" aria-disabled={busy || undefined} onClick={ways.onConfirm}>
          {word}
        </Button>
      </div>
    </Dialog>
  );
}
