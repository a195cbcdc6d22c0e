import type { Me } from '@lampboard/protocol';
import { useId, useState } from 'react';
import { useSession } from '../../api/api-context.tsx';
import { useCommand, useList } from '../../api/use-command.ts';
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
      <h2 id={id}>Where you are signed in</h2>
      {reply === undefined && <div className="account-loading" aria-busy="true" />}
      {reply?.ok === false && <Alert>{reply.message}</Alert>}
      {ending.failure !== null && <Alert>{ending.failure.message}</Alert>}
      {sessions.length > 0 && <SessionList sessions={sessions} busy={ending.busy} onEnd={onEnd} />}
      <div>
        <Button look="danger" onClick={() => setAsking('everywhere')}>
          Sign out everywhere
        </Button>
      </div>
      {asking === 'everywhere' && (
        <ConfirmDialog
          heading="Sign out everywhere?"
          word="Sign out everywhere"
          busy={endingAll.busy}
          failure={endingAll.failure?.message ?? null}
          onConfirm={() => endingAll.ask({ account: me.name })}
          onClose={onClose}
        >
          Every browser in which {me.name} is signed in is signed out, this one too.
          {unsaved > 0 && ' What you typed and did not save goes with it.'}
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
