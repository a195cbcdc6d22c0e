import type { Failure } from '@lampboard/protocol';
import { failureWords } from '../../i18n/failure-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
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
  const t = useT();
  return (
    <ConfirmDialog
      heading={t('account.sign-out-heading')}
      word={t(busy ? 'account.signing-out' : 'account.sign-out')}
      busy={busy}
      failure={failure === null ? null : t('account.still-in', { why: failureWords(t, failure) })}
      {...ways}
    >
      {unsaved > 0 ? t('account.sign-out-unsaved', { count: unsaved }) : t('account.sign-out-saved')}
    </ConfirmDialog>
  );
}
