import type { Me } from '@lampboard/protocol';
import { useId, useState } from 'react';
import { useSession } from '../../api/api-context.tsx';
import { useCommand, useList } from '../../api/use-command.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { SessionList } from '../../ui/session-list.tsx';
import { SignOutDialog } from './sign-out-dialog.tsx';
import { useSignOut } from './use-sign-out.ts';

interface OwnSessionsProps {
  me: Me;
  unsaved: number;
}

/** The browsers in which one is signed in. */
export function OwnSessions({ me, unsaved }: OwnSessionsProps) {
  const t = useT();
  const id = useId();
  const session = useSession();
  const [asking, setAsking] = useState<'here' | 'everywhere' | null>(null);
  const { reply, refresh } = useList('list-sessions', { account: me.name });
  const ending = useCommand('end-session', () => void refresh());
  const endingAll = useCommand('end-sessions', session.left);
  const here = useSignOut();
  const sessions = reply?.ok === true ? reply.value : [];
  const onEnd = (ended: string) => {
    if (!sessions.some((known) => known.id === ended && known.current)) {
      ending.ask({ account: me.name, session: ended });
    } else if (unsaved > 0) setAsking('here');
    else here.signOut();
  };
  const onClose = () => {
    setAsking(null);
    endingAll.forget();
    here.forget();
  };

  return (
    <section className="account-part" aria-labelledby={id}>
      <h2 id={id}>{t('account.sessions')}</h2>
      {reply === undefined && <div className="account-loading" aria-busy="true" />}
      {reply?.ok === false && <Alert>{failureWords(t, reply)}</Alert>}
      {ending.failure !== null && <Alert>{failureWords(t, ending.failure)}</Alert>}
      {sessions.length > 0 && <SessionList sessions={sessions} busy={ending.busy} onEnd={onEnd} />}
      <div>
        <Button look="danger" onClick={() => setAsking('everywhere')}>
          {t('account.everywhere')}
        </Button>
      </div>
      {asking === 'everywhere' && (
        <ConfirmDialog
          heading={t('account.everywhere-heading')}
          word={t('account.everywhere')}
          busy={endingAll.busy}
          failure={endingAll.failure === null ? null : failureWords(t, endingAll.failure)}
          onConfirm={() => endingAll.ask({ account: me.name })}
          onClose={onClose}
        >
          {t('account.everywhere-what', { name: me.name })}
          {unsaved > 0 && ` ${t('account.everywhere-unsaved')}`}
        </ConfirmDialog>
      )}
      {(asking === 'here' || here.failure !== null) && (
        <SignOutDialog
          {...{ unsaved, busy: here.busy, failure: here.failure, onClose }}
          onConfirm={here.signOut}
        />
      )}
    </section>
  );
}
