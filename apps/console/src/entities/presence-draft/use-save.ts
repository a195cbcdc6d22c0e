import type { SetPresence, SetPresenceReply } from '@lampboard/protocol';
import { useDisplayName } from '../extension/use-display-name.ts';
import type { Live } from '../../data/socket/create-live.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLive } from '../../data/socket/live-context.tsx';
import { useToasts } from '../../ui/toaster.tsx';
import type { Draft } from './draft.ts';
import { useDrafts } from './drafts-context.tsx';
import { presenceOf, samePresenceValue, presenceValueOf } from '../presence/current-presence.ts';

/** The change comes to the board the way of every change; so long the editor waits for it after the answer. */
const BOARD_UPDATE_TIMEOUT_MS = 1000;

/** Resolves once the board shows what was saved, so that the form never falls back to what was before. */
function waitForBoard(
  live: Live,
  { id, returnTime = null }: SetPresence,
  reply: SetPresenceReply,
): Promise<void> {
  return new Promise((resolve) => {
    const isVisible = () => {
      const extension = live.store.getState().board?.extensions.get(id);
      return (
        !reply.ok ||
        (extension !== undefined &&
          samePresenceValue(presenceValueOf(extension), { ...reply.presence, returnTime }))
      );
    };
    if (isVisible()) {
      resolve();
      return;
    }
    const finish = () => {
      unsubscribe();
      clearTimeout(timer);
      resolve();
    };
    const unsubscribe = live.store.subscribe(() => {
      if (isVisible()) finish();
    });
    const timer = setTimeout(finish, BOARD_UPDATE_TIMEOUT_MS);
  });
}

function toCommand(id: string, { value, base }: NonNullable<Draft['inFlight']>): SetPresence {
  const command = { id, presence: presenceOf(value), base: presenceOf(base) };
  return value.returnTime === null ? command : { ...command, returnTime: value.returnTime };
}

/**
 * Sends what a draft has marked as on its way, once: never again by itself, and never later because there is no network.
 * The answer finds its draft wherever the user has gone meanwhile. An older notice about the person goes.
 */
export function useSendDraft(): (id: string, draft: Draft | undefined) => Promise<SetPresenceReply | null> {
  const live = useLive();
  const drafts = useDrafts();
  const t = useT();
  const toasts = useToasts();
  const nameOf = useDisplayName();
  function warnNotRecorded(id: string): void {
    toasts.show({ text: t('quick.not-recorded', { name: nameOf(id) }), tone: 'error' });
  }
  return async (id, draft) => {
    const inFlight = draft?.inFlight ?? null;
    if (inFlight === null) return null;
    const command = toCommand(id, inFlight);
    const reply = await live.setPresence(command);
    await waitForBoard(live, command, reply);
    drafts.applyReply(id, reply);
    if (reply.ok) toasts.dismissByKey(id);
    if (reply.ok && reply.recorded === false) warnNotRecorded(id);
    return reply;
  };
}

/** Sends the draft of an extension; null where there is none. */
export function useSaveDraft(): (id: string) => Promise<SetPresenceReply | null> {
  const drafts = useDrafts();
  const send = useSendDraft();
  return (id) => send(id, drafts.send(id));
}
