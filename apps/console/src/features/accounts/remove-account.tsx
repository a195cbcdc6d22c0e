import { useState } from 'react';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

/** Removes an account, once that was confirmed. */
export function RemoveAccount({ account, onRemoved }: { account: string; onRemoved: () => void }) {
  const [asking, setAsking] = useState(false);
  const { busy, failure, ask, forget } = useCommand('remove-account', onRemoved);
  return (
    <section className="accounts-part">
      <div>
        <Button look="danger" onClick={() => setAsking(true)}>
          Remove the account
        </Button>
      </div>
      {asking && (
        <ConfirmDialog
          heading={`Remove ${account}?`}
          word="Remove"
          busy={busy}
          failure={failure?.message ?? null}
          onConfirm={() => ask({ account })}
          onClose={() => {
            setAsking(false);
            forget();
          }}
        >
          The account is signed out everywhere, and cannot sign in again. Edits it made stay under its name.
        </ConfirmDialog>
      )}
    </section>
  );
}
