import { SignOutDialog } from '../features/account/sign-out-dialog.tsx';
import { useSignOut } from '../features/account/use-sign-out.ts';
import { useUnsaved } from '../features/person/drafts-context.tsx';

/** Signing out by name, which is easily meant otherwise: it always asks. */
export function SignOut({ onClose }: { onClose: () => void }) {
  const unsaved = useUnsaved();
  const { busy, failure, signOut } = useSignOut();
  return <SignOutDialog unsaved={unsaved.length} {...{ busy, failure, onClose }} onConfirm={signOut} />;
}
