import type { Back, Failure, Presence, SetPresenceReply } from '@lampboard/protocol';
import { useDrafts } from './drafts-context.tsx';
import { sameSaid } from './said.ts';
import { STILL_SAVING, useOutcome } from './use-outcome.ts';
import { useSend } from './use-save.ts';

export type QuickSet = (id: string, presence: Presence, back: Back | null) => Promise<SetPresenceReply>;

const GONE: Failure = {
  ok: false,
  code: 'unknown-extension',
  message: 'This extension is not on the board any more. Nothing was changed.',
};

/**
 * Sets a presence from outside the editor, and tells what became of it, with Undo. What was typed in the editor stays;
 * what is refused waits there as if it had been typed, and `onOpen` leads there.
 */
export function useQuickSet(onOpen?: (id: string) => void): QuickSet {
  const drafts = useDrafts();
  const send = useSend();
  const { nowOf, tellDone, tellRefused } = useOutcome(onOpen);

  return async (id, presence, back) => {
    const refused = (failure: Failure): Failure => {
      tellRefused(id, failure);
      return failure;
    };
    const now = nowOf(id);
    const wanted = { ...presence, back };
    if (now === null) return refused(GONE);
    if (sameSaid(now, wanted)) {
      tellDone(id, wanted);
      return { ok: true, presence };
    }
    const reply = await send(id, drafts.sendAtOnce(id, now, wanted));
    if (reply === null) return refused(STILL_SAVING);
    if (reply.ok) tellDone(id, wanted);
    else tellRefused(id, reply);
    return reply;
  };
}
