import type { Failure } from '@lampboard/protocol';
import { useNameOf } from '../../extension/use-name-of.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLive } from '../../live/live-context.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { useDrafts } from './drafts-context.tsx';
import { type Said, saidOf } from './said.ts';
import { useSend } from './use-save.ts';
import { useTime } from './use-time.ts';

interface Outcome {
  /** What holds for an extension; null where it is not on the board. */
  readonly nowOf: (id: string) => Said | null;
  /** What was set, with Undo. */
  readonly tellDone: (id: string, said: Said) => void;
  /** What was refused waits in the editor; the notice leads there. */
  readonly tellRefused: (id: string, failure: Parameters<typeof failureWords>[1]) => void;
  /** What cannot be undone or redone, and why. */
  readonly tellNever: (id: string, why: 'quick.too-late' | 'undo.never-set') => void;
}

export const STILL_SAVING: Failure = {
  ok: false,
  code: 'too-many',
  message: 'The change before is still on its way. Nothing was sent; try again in a moment.',
};

/** Notices of what became of a change made outside the editor; `onOpen` leads to the person. */
export function useOutcome(onOpen?: (id: string) => void): Outcome {
  const t = useT();
  const { backTime } = useFormats();
  const { store } = useLive();
  const drafts = useDrafts();
  const notices = useNotices();
  const nameOf = useNameOf();
  const send = useSend();
  const time = useTime();

  const nowOf = (id: string) => {
    const row = store.getState().board?.rows.get(id);
    return row === undefined ? null : saidOf(row);
  };

  const tellRefused: Outcome['tellRefused'] = (id, failure) =>
    notices.tell({
      text: t('quick.refused', { name: nameOf(id), why: failureWords(t, failure) }),
      tone: 'alert',
      about: id,
      action: onOpen && { word: t('quick.open'), run: () => onOpen(id) },
    });

  const tellNever: Outcome['tellNever'] = (id, why) =>
    notices.tell({ text: t(why, { name: nameOf(id) }), tone: 'alert', about: id });

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
        else tellNever(id, 'quick.too-late');
      },
    };
    notices.tell({ text, tone: 'done', about: id, action });
  };

  const takeBack = async (id: string) => {
    const now = nowOf(id);
    const draft = now === null ? undefined : drafts.takeBack(id, now, time());
    const reply = await send(id, draft);
    if (reply?.ok === false) tellRefused(id, reply);
    else if (draft?.sent) tellDone(id, draft.sent.said);
  };

  return { nowOf, tellDone, tellRefused, tellNever };
}
