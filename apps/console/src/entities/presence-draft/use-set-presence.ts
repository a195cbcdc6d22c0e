import type { ReturnTime, Failure, Presence, SetPresenceReply } from '@lampboard/protocol';
import { useDrafts } from './drafts-context.tsx';
import { samePresenceValue } from '../presence/presence-value.ts';
import { SAVE_IN_PROGRESS, useOutcomeToasts } from './use-outcome.ts';
import { useSendDraft } from './use-save.ts';

const EXTENSION_NOT_FOUND: Failure = {
  ok: false,
  code: 'unknown-extension',
  message: 'This extension is no longer on the board. Nothing was changed.',
};

/** Sets a presence outside the editor, with Undo. An existing draft is kept; a failed value becomes one. */
export function useSetPresence(onOpen?: (id: string) => void) {
  const drafts = useDrafts();
  const send = useSendDraft();
  const { currentValueOf, showSuccess, showFailure } = useOutcomeToasts(onOpen);

  return async (id: string, presence: Presence, returnTime: ReturnTime | null): Promise<SetPresenceReply> => {
    const fail = (failure: Failure): Failure => {
      showFailure(id, failure);
      return failure;
    };
    const current = currentValueOf(id);
    const value = { ...presence, returnTime };
    if (current === null) return fail(EXTENSION_NOT_FOUND);
    if (samePresenceValue(current, value)) {
      showSuccess(id, value);
      return { ok: true, presence };
    }
    const reply = await send(id, drafts.sendValue(id, current, value));
    if (reply === null) return fail(SAVE_IN_PROGRESS);
    if (reply.ok) showSuccess(id, value);
    else showFailure(id, reply);
    return reply;
  };
}
