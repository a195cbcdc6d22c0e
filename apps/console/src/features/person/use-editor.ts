import { useIsLive } from '../../live/live-context.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { type DraftView, type Patch, type Hindrance, hindranceOf, refusalOf, viewOf } from './draft.ts';
import type { Done } from './drafts.ts';
import { useDone, useDraft, useDrafts } from './drafts-context.tsx';
import type { Said } from './said.ts';
import { useSave } from './use-save.ts';
import { useTime } from './use-time.ts';

export interface Editor extends DraftView {
  /** Why it can't be saved as it stands. */
  readonly hindrance: Hindrance | null;
  /** Why Asterisk would not take mine, even if nobody else had changed anything. */
  readonly refusal: Hindrance | null;
  /** What was done last, while the form shows its outcome. */
  readonly done: Done | undefined;
  readonly live: boolean;
  change: (patch: Patch) => void;
  /** Does nothing while there is a hindrance. */
  save: () => void;
  /** Gives up what was typed: what Asterisk holds stands, whoever has set it. */
  revert: () => void;
  useMine: () => void;
  takeBack: () => void;
}

/** Everything the editor of one extension shows and does; `now` is what Asterisk holds. */
export function useEditor(id: string, now: Said): Editor {
  const drafts = useDrafts();
  const notices = useNotices();
  const time = useTime();
  const sendDraft = useSave();
  const view = viewOf(useDraft(id), now);
  const done = useDone(id);
  const hindrance = hindranceOf(view);

  const takeBack = () => {
    if (drafts.takeBack(id, now, time())) void send();
  };
  // The key that undoes is not to pass over this change to an earlier one.
  const send = async () => {
    const reply = await sendDraft(id);
    const last = drafts.store.getState().done.get(id);
    if (reply?.ok !== true || last === undefined) return;
    notices.offer(() => {
      if (drafts.store.getState().done.get(id) === last) takeBack();
    });
  };

  return {
    ...view,
    hindrance,
    refusal: view.dirty ? refusalOf(view) : null,
    done: view.dirty ? undefined : done,
    live: useIsLive(),
    change: (patch) => drafts.edit(id, now, patch),
    save: () => {
      if (hindrance === null) void send();
    },
    revert: () => drafts.revert(id),
    useMine: () => {
      if (view.theirs === null) return;
      drafts.rebase(id, view.theirs);
      void send();
    },
    takeBack,
  };
}
