import { type SetPresence, type SetPresenceReply, samePresence } from '@lampboard/protocol';
import { useMutation } from '@tanstack/react-query';
import type { Live } from '../../live/create-live.ts';
import { useLive } from '../../live/live-context.tsx';
import { useDrafts } from './drafts-context.tsx';

/** The change comes to the board the way of every change; so long the editor waits for it after the answer. */
const CATCH_UP_MS = 1000;

/** Resolves once the board shows what was saved, so that the form never falls back to what was before. */
function boardShows(live: Live, id: string, reply: SetPresenceReply): Promise<void> {
  return new Promise((resolve) => {
    const shown = () =>
      !reply.ok || samePresence(live.store.getState().board?.rows.get(id)?.presence ?? null, reply.presence);
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

/**
 * Sends the draft of an extension, once. That it is on its way is kept by the draft and not by the mutation, whose
 * state goes with the panel: the answer finds its draft wherever the user has gone meanwhile.
 */
export function useSave(): (id: string) => void {
  const live = useLive();
  const drafts = useDrafts();
  const { mutate } = useMutation({
    mutationFn: (command: SetPresence) => live.setPresence(command),
    onSuccess: async (reply, { id }) => {
      await boardShows(live, id, reply);
      drafts.answered(id, reply);
    },
    // Never sent again, and never held back until the network returns: refused at once instead.
    retry: false,
    networkMode: 'always',
  });
  return (id) => {
    const draft = drafts.send(id);
    if (draft !== undefined) mutate({ id, presence: draft.mine, base: draft.base });
  };
}
