import { useState } from 'react';
import { useCommand } from '../../api/use-command.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

/** Removes an account, once that was confirmed. */
export function RemoveAccount({ account, onRemoved }: { account: string; onRemoved: () => void }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const { busy, failure, ask, forget } = useCommand('remove-account', onRemoved);
  return (
    <section className="accounts-part">
      <div>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t('accounts.remove-account')}
        </Button>
      </div>
      {asking && (
        <ConfirmDialog
          heading={t('accounts.remove-heading', { name: account })}
          word={t('accounts.remove')}
          busy={busy}
          failure={failure === null ? null : failureWords(t, failure)}
          onConfirm={() => ask({ account })}
          onClose={() => {
            setAsking(false);
            forget();
          }}
        >
          {t('accounts.remove-what')}
        </ConfirmDialog>
      )}
    </section>
  );
}
