import type { SetPresence, SetPresenceReply } from '@lampboard/protocol';
import { useDisplayName } from '../extension/use-display-name.ts';
import type { LiveBoard } from '../../data/socket/live-board.ts';
import { waitForState } from '../../data/socket/wait-for-state.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLive } from '../../data/socket/live-context.tsx';
import { useToasts } from '../../ui/toaster.tsx';
import type { Draft } from './draft.ts';
import { useDrafts } from './drafts-context.tsx';
import { currentValueOf, presenceOf, samePresenceValue } from '../presence/presence-value.ts';

/** Milliseconds that the editor waits for the board to show a saved change. */
const BOARD_UPDATE_TIMEOUT_MS = 1000;

/** Resolves once the board shows the saved value, so that the form does not show the previous one in between. */
async function waitForBoard(
  { store }: LiveBoard,
  { id, returnTime = null }: SetPresence,
  reply: SetPresenceReply,
): Promise<void> {
  if (!reply.ok) return;
  const saved = { ...reply.presence, returnTime };
  await waitForState(store, (state) => samePresenceValue(currentValueOf(state, id), saved), {
    timeoutMs: BOARD_UPDATE_TIMEOUT_MS,
  });
}

function toCommand(id: string, { value, base }: NonNullable<Draft['inFlight']>): SetPresence {
  const command = { id, presence: presenceOf(value), base: presenceOf(base) };
  return value.returnTime === null ? command : { ...command, returnTime: value.returnTime };
}

/** Sends the command in flight once, never queued or repeated. Success dismisses older toasts about the extension. */
export function useSendDraft(): (id: string, draft: Draft | undefined) => Promise<SetPresenceReply | null> {
  const live = useLive();
  const drafts = useDrafts();
  const t = useT();
  const toasts = useToasts();
  const nameOf = useDisplayName();
  function warnNotRecorded(id: string): void {
    toasts.show({ text: t('toast.not-recorded', { name: nameOf(id) }), tone: 'error' });
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

export function useSaveDraft(): (id: string) => Promise<SetPresenceReply | null> {
  const drafts = useDrafts();
  const send = useSendDraft();
  return (id) => send(id, drafts.send(id));
}
