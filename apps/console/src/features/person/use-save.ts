import type { SetPresence, SetPresenceReply } from '@lampboard/protocol';
import { useNameOf } from '../../extension/use-name-of.ts';
import type { Live } from '../../live/create-live.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLive } from '../../live/live-context.tsx';
import { useNotices } from '../../ui/notices.tsx';
import type { Draft } from './draft.ts';
import { useDrafts } from './drafts-context.tsx';
import { presenceOf, sameSaid, saidOf } from './said.ts';

/** The change comes to the board the way of every change; so long the editor waits for it after the answer. */
const CATCH_UP_MS = 1000;

/** Resolves once the board shows what was saved, so that the form never falls back to what was before. */
function boardShows(live: Live, { id, back = null }: SetPresence, reply: SetPresenceReply): Promise<void> {
  return new Promise((resolve) => {
    const shown = () => {
      const row = live.store.getState().board?.rows.get(id);
      return !reply.ok || (row !== undefined && sameSaid(saidOf(row), { ...reply.presence, back }));
    };
    if (shown()) {
      resolve();
      return;
    }
    const done = () => {
      unsubscribe();
      clearTimeout(timer);
      resolve();
    };
    const unsubscribe = live.store.subscribe(() => {
      if (shown()) done();
    });
    const timer = setTimeout(done, CATCH_UP_MS);
  });
}

function commandOf(id: string, { said, base }: NonNullable<Draft['sent']>): SetPresence {
  const command = { id, presence: presenceOf(said), base: presenceOf(base) };
  return said.back === null ? command : { ...command, back: said.back };
}

/**
 * Sends what a draft has marked as on its way, once: never again by itself, and never later because there is no network.
 * The answer finds its draft wherever the user has gone meanwhile. An older notice about the person goes.
 */
export function useSend(): (id: string, draft: Draft | undefined) => Promise<SetPresenceReply | null> {
  const live = useLive();
  const drafts = useDrafts();
  const t = useT();
  const notices = useNotices();
  const nameOf = useNameOf();
  function tellNotRecorded(id: string): void {
    notices.tell({ text: t('quick.not-recorded', { name: nameOf(id) }), tone: 'alert' });
  }
  return async (id, draft) => {
    const sent = draft?.sent ?? null;
    if (sent === null) return null;
    const command = commandOf(id, sent);
    const reply = await live.setPresence(command);
    await boardShows(live, command, reply);
    drafts.answered(id, reply);
    if (reply.ok) notices.putAwayAbout(id);
    if (reply.ok && reply.recorded === false) tellNotRecorded(id);
    return reply;
  };
}

/** Sends the draft of an extension; null where there is none. */
export function useSave(): (id: string) => Promise<SetPresenceReply | null> {
  const drafts = useDrafts();
  const send = useSend();
  return (id) => send(id, drafts.send(id));
}
