import { useEffect, useEffectEvent } from 'react';
import { SignOutDialog } from '../features/account/sign-out-dialog.tsx';
import { useSignOut } from '../features/account/use-sign-out.ts';
import { useUnsaved } from '../features/person/drafts-context.tsx';

interface SignOutProps {
  /** It is easily meant otherwise: asked for by its name, not by its place in a menu. */
  always: boolean;
  onClose: () => void;
}

/** Signs out, and asks before where something would be lost. */
export function SignOut({ always, onClose }: SignOutProps) {
  const unsaved = useUnsaved().length;
  const { busy, failure, signOut } = useSignOut();
  const atOnce = !always && unsaved === 0;
  const begin = useEffectEvent(() => {
    if (atOnce) signOut();
  });
  useEffect(() => begin(), []);
  if (atOnce && failure === null) return null;
  return <SignOutDialog {...{ unsaved, busy, failure, onClose }} onConfirm={signOut} />;
}
