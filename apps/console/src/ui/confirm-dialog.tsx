import type { ReactNode } from 'react';
import { useT } from '../i18n/i18n-context.tsx';
import { Alert } from './alert.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

interface ConfirmDialogProps {
  heading: string;
  children: ReactNode;
  confirmLabel: string;
  busy: boolean;
  failure: string | null;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmDialog({
  heading,
  children,
  confirmLabel,
  busy,
  failure,
  ...actions
}: ConfirmDialogProps) {
  const t = useT();
  return (
    <Dialog heading={heading} onClose={actions.onClose}>
      <p>{children}</p>
      {failure !== null && <Alert>{failure}</Alert>}
      <div className="dialog-actions">
        <Button onClick={actions.onClose}>{t('ui.cancel')}</Button>
        <Button variant="danger" aria-disabled={busy || undefined} onClick={actions.onConfirm}>
          {confirmLabel}
        </Button>
      </div>
    </Dialog>
  );
}
