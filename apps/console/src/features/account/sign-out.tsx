import type { Failure } from '@lampboard/protocol';
import { useMutation } from '@tanstack/react-query';
import { useApi, useSession } from '../../data/http/api-context.tsx';
import { useQueryClient } from '../../data/http/use-query-client.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useEffect, useEffectEvent } from 'react';
import { useUnsavedExtensions } from '../../entities/presence-draft/drafts-context.tsx';

interface SignOutProps {
  /** For requests by name in the command palette, which are easily made by mistake. */
  alwaysConfirm: boolean;
  onClose: () => void;
}

/** Signs out, after a confirmation where a draft would be lost. */
export function SignOut({ alwaysConfirm, onClose }: SignOutProps) {
  const unsaved = useUnsavedExtensions().length;
  const { isPending, failure, signOut } = useSignOut();
  const skipsConfirmation = !alwaysConfirm && unsaved === 0;
  const start = useEffectEvent(() => {
    if (skipsConfirmation) signOut();
  });
  useEffect(() => start(), []);
  if (skipsConfirmation && failure === null) return null;
  return <SignOutDialog {...{ unsavedCount: unsaved, isPending, failure, onClose }} onConfirm={signOut} />;
}

interface SignOutDialogProps {
  unsavedCount: number;
  isPending: boolean;
  failure: Failure | null;
  onConfirm: () => void;
  onClose: () => void;
}

export function SignOutDialog({ unsavedCount, isPending, failure, ...handlers }: SignOutDialogProps) {
  const t = useT();
  return (
    <ConfirmDialog
      heading={t('account.sign-out-heading')}
      confirmLabel={t(isPending ? 'account.signing-out' : 'account.sign-out')}
      busy={isPending}
      failure={failure === null ? null : t('account.still-signed-in', { reason: failureMessage(t, failure) })}
      {...handlers}
    >
      {unsavedCount > 0
        ? t('account.sign-out-unsaved', { count: unsavedCount })
        : t('account.sign-out-saved')}
    </ConfirmDialog>
  );
}

/** Ends this browser's session; signed out only once the gateway confirms. */
export function useSignOut() {
  const api = useApi();
  const session = useSession();
  const { mutate, data, isPending, reset } = useMutation(
    {
      mutationFn: () => api.signOut(),
      onSuccess: (reply) => {
        if (reply.ok || reply.code === 'signed-out') session.setSignedOut();
      },
      retry: false,
      networkMode: 'always',
    },
    useQueryClient(),
  );
  return {
    isPending,
    failure: data === undefined || data.ok ? null : data,
    signOut: () => {
      if (!isPending) mutate();
    },
    reset,
  };
}
