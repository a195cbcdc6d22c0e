import type { Back, Failure, Presence, SetPresenceReply } from '@lampboard/protocol';
import { failureWords } from '../../i18n/failure-words.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLive } from '../../live/live-context.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { useDrafts } from './drafts-context.tsx';
import { type Said, sameSaid, saidOf } from './said.ts';
import { useSave, useSend } from './use-save.ts';
import { useTime } from './use-time.ts';

export type QuickSet = (id: string, presence: Presence, back: Back | null) => Promise<SetPresenceReply>;

const GONE: Failure = {
  ok: false,
  code: 'unknown-extension',
  message: 'This extension is not on the board any more. Nothing was changed.',
};
const STILL_SAVING: Failure = {
  ok: false,
  code: 'too-many',
  message: 'The change before is still on its way. Nothing was sent; try again in a moment.',
};

/**
 * Sets a presence from outside the editor, and tells what became of it, with Undo. What was typed in the editor stays;
 * what is refused waits there as if it had been typed, and `onOpen` leads there.
 */
export function useQuickSet(onOpen?: (id: string) => void): QuickSet {
  const t = useT();
  const { backTime } = useFormats();
  const { store } = useLive();
  const drafts = useDrafts();
  const notices = useNotices();
  const send = useSend();
  const save = useSave();
  const time = useTime();

  const rowOf = (id: string) => store.getState().board?.rows.get(id);
  const nameOf = (id: string) => rowOf(id)?.person.name ?? id;
  const nowOf = (id: string) => {
    const row = rowOf(id);
    return row === undefined ? null : saidOf(row);
  };

  const tellRefused = (id: string, failure: Parameters<typeof failureWords>[1]) =>
    notices.tell({
      text: t('quick.refused', { name: nameOf(id), why: failureWords(t, failure) }),
      tone: 'alert',
      action: onOpen && { word: t('quick.open'), run: () => onOpen(id) },
    });

  const tellDone = (id: string, { state, back }: Said) => {
    const name = nameOf(id);
    const words = t(`presence.${state}`);
    const done = drafts.store.getState().done.get(id);
    const text =
      back === null
        ? t('quick.done', { name, state: words })
        : t('quick.done-and-back', { name, state: words, time: backTime(back.at, time()) });
    const action = done && {
      word: t(`editor.take-back.${done.kind}`),
      run: () => {
        if (drafts.store.getState().done.get(id) === done) void takeBack(id);
        else notices.tell({ text: t('quick.too-late', { name }), tone: 'alert' });
      },
    };
    notices.tell({ text, tone: 'done', action });
  };

  const takeBack = async (id: string) => {
    const now = nowOf(id);
    if (now === null || !drafts.takeBack(id, now, time())) return;
    const wanted = drafts.store.getState().drafts.get(id)?.mine ?? now;
    const reply = await save(id);
    if (reply?.ok === false) tellRefused(id, reply);
    else tellDone(id, wanted);
  };

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
