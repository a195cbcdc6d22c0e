import { useId } from 'react';
import { useCommand, useList } from '../../api/use-command.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { SessionList } from '../../ui/session-list.tsx';

/** Where somebody else is signed in, and how to end it. */
export function AccountSessions({ account }: { account: string }) {
  const t = useT();
  const id = useId();
  const { reply, refresh } = useList('list-sessions', { account });
  const ending = useCommand('end-session', () => void refresh());
  const endingAll = useCommand('end-sessions', () => void refresh());
  const sessions = reply?.ok === true ? reply.value : [];
  const failure = (reply?.ok === false ? reply : null) ?? ending.failure ?? endingAll.failure;
  return (
    <section className="accounts-part" aria-labelledby={id}>
      <h3 id={id}>{t('accounts.signed-in')}</h3>
      {failure !== null && <Alert>{failureWords(t, failure)}</Alert>}
      {reply?.ok === true && sessions.length === 0 && (
        <p className="accounts-hint">{t('accounts.nowhere')}</p>
      )}
      {sessions.length > 0 && (
        <SessionList
          sessions={sessions}
          busy={ending.busy}
          onEnd={(session) => ending.ask({ account, session })}
        />
      )}
      {sessions.length > 1 && (
        <div>
          <Button
            look="danger"
            aria-disabled={endingAll.busy || undefined}
            onClick={() => endingAll.ask({ account })}
          >
            {t('accounts.end-all')}
          </Button>
        </div>
      )}
    </section>
  );
}
