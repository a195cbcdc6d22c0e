import type { Me } from '@lampboard/protocol';
import { useId } from 'react';
import { useCommand, useList } from '../../api/use-command.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { SessionList } from '../../ui/session-list.tsx';

interface OwnSessionsProps {
  me: Me;
  /** Asks first, for it ends this session too. */
  onSignOutEverywhere: () => void;
  /** This very session was ended. */
  onEndedHere: () => void;
}

/** The browsers in which one is signed in. */
export function OwnSessions({ me, onSignOutEverywhere, onEndedHere }: OwnSessionsProps) {
  const id = useId();
  const { reply, refresh } = useList('list-sessions', { account: me.name });
  const ending = useCommand('end-session', () => void refresh());
  const sessions = reply?.ok === true ? reply.value : [];
  const onEnd = (session: string) => {
    if (sessions.some((known) => known.id === session && known.current)) onEndedHere();
    else ending.ask({ account: me.name, session });
  };

  return (
    <section className="account-part" aria-labelledby={id}>
      <h2 id={id}>Where you are signed in</h2>
      {reply === undefined && <div className="account-loading" aria-busy="true" />}
      {reply?.ok === false && <Alert>{reply.message}</Alert>}
      {ending.failure !== null && <Alert>{ending.failure.message}</Alert>}
      {sessions.length > 0 && <SessionList sessions={sessions} busy={ending.busy} onEnd={onEnd} />}
      <div>
        <Button look="danger" onClick={onSignOutEverywhere}>
          Sign out everywhere
        </Button>
      </div>
    </section>
  );
}
