import { type Me, extensionId, pbxIdOf } from '@lampboard/protocol';
import { useId, useState } from 'react';
import { useSession } from '../../data/http/api-context.tsx';
import { useCommand, useCommandQuery } from '../../data/http/use-command.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useLimitsText } from '../../entities/account/limits-text.ts';
import { SessionList } from '../../entities/account/session-list.tsx';
import { SignOutDialog, useSignOut } from './sign-out.tsx';
import { withDistinction } from '../../entities/extension/accessible-name.ts';
import { useDistinctions, useOutages } from '../../data/socket/live-context.tsx';
import { ChangePassword } from './change-password.tsx';
import '../../ui/styles/page.css';

interface AccountOverviewProps {
  me: Me;
  /** Number of extensions with an unsaved draft. */
  unsavedCount: number;
}

export function AccountOverview({ me, unsavedCount }: AccountOverviewProps) {
  const t = useT();
  const distinctions = useDistinctions();
  const pbxIds = [...useOutages().keys()];
  const limits = useLimitsText(me);
  const numberOf = (id: string) => {
    const prefix = extensionId('', '', pbxIdOf(id, pbxIds)).slice(0, -1);
    return withDistinction(id.slice(prefix.length, id.lastIndexOf('@')), distinctions.get(id));
  };
  return (
    <main className="page-container page-narrow">
      <header>
        <h1 dir="auto">{me.name}</h1>
        <p className="subtle">{[t(`role.${me.role}`), ...me.extensions.map(numberOf)].join(' · ')}</p>
        {limits !== null && <p className="subtle">{t('account.sees', { limits })}</p>}
      </header>
      <ActiveSessions me={me} unsavedCount={unsavedCount} />
      <ChangePassword me={me} />
    </main>
  );
}

interface ActiveSessionsProps {
  me: Me;
  unsavedCount: number;
}

function ActiveSessions({ me, unsavedCount }: ActiveSessionsProps) {
  const t = useT();
  const id = useId();
  const session = useSession();
  const [confirming, setConfirming] = useState<'here' | 'everywhere' | null>(null);
  const { reply, refresh } = useCommandQuery('list-sessions', { account: me.name });
  const revoke = useCommand('revoke-session', () => void refresh());
  const revokeAll = useCommand('revoke-sessions', session.setSignedOut);
  const signOutHere = useSignOut();
  const sessions = reply?.ok === true ? reply.value : [];
  const onEnd = (ended: string) => {
    if (!sessions.some((known) => known.id === ended && known.current)) {
      revoke.mutate({ account: me.name, session: ended });
    } else if (unsavedCount > 0) setConfirming('here');
    else signOutHere.signOut();
  };
  const onClose = () => {
    setConfirming(null);
    revokeAll.reset();
    signOutHere.reset();
  };

  return (
    <section className="page-section" aria-labelledby={id}>
      <h2 id={id}>{t('account.sessions')}</h2>
      {reply === undefined && <div className="card" aria-busy="true" />}
      {reply?.ok === false && <Alert>{failureMessage(t, reply)}</Alert>}
      {revoke.failure !== null && <Alert>{failureMessage(t, revoke.failure)}</Alert>}
      {sessions.length > 0 && <SessionList sessions={sessions} busy={revoke.isPending} onRevoke={onEnd} />}
      <div>
        <Button variant="danger" onClick={() => setConfirming('everywhere')}>
          {t('account.sign-out-everywhere')}
        </Button>
      </div>
      {confirming === 'everywhere' && (
        <ConfirmDialog
          heading={t('account.sign-out-everywhere-heading')}
          confirmLabel={t('account.sign-out-everywhere')}
          busy={revokeAll.isPending}
          failure={revokeAll.failure === null ? null : failureMessage(t, revokeAll.failure)}
          onConfirm={() => revokeAll.mutate({ account: me.name })}
          onClose={onClose}
        >
          {t('account.sign-out-everywhere-description', { name: me.name })}
          {unsavedCount > 0 && ` ${t('account.sign-out-everywhere-unsaved')}`}
        </ConfirmDialog>
      )}
      {(confirming === 'here' || signOutHere.failure !== null) && (
        <SignOutDialog
          {...{ unsavedCount, isPending: signOutHere.isPending, failure: signOutHere.failure, onClose }}
          onConfirm={signOutHere.signOut}
        />
      )}
    </section>
  );
}
