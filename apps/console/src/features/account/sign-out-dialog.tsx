import type { Failure } from '@lampboard/protocol';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

interface SignOutDialogProps {
  unsaved: number;
  busy: boolean;
  failure: Failure | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before what was typed is lost, and says why somebody is still signed in. */
export function SignOutDialog({ unsaved, busy, failure, ...ways }: SignOutDialogProps) {
  return (
    <ConfirmDialog
      heading="Sign out?"
      word={busy ? 'Signing out…' : 'Sign out'}
      busy={busy}
      failure={failure === null ? null : `You are still signed in. ${failure.message}`}
      {...ways}
    >
      {unsaved > 0
        ? `What you typed for ${unsaved === 1 ? 'one extension' : `${unsaved} extensions`} is not saved, and goes with it.`
        : 'This browser shows no board any more until somebody signs in.'}
    </ConfirmDialog>
  );
}
