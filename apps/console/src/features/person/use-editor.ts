import { useIsLive } from '../../live/live-context.tsx';
import { type DraftView, type Patch, type Hindrance, hindranceOf, refusalOf, viewOf } from './draft.ts';
import type { Done } from './drafts.ts';
import { useDone, useDraft, useDrafts } from './drafts-context.tsx';
import type { Said } from './said.ts';
import { useSave, useSend } from './use-save.ts';
import { useTime } from './use-time.ts';

export interface Editor extends DraftView {
  /** Why it can't be saved as it stands. */
  readonly hindrance: Hindrance | null;
  /** Why Asterisk would not take mine, even if nobody else had changed anything. */
  readonly refusal: Hindrance | null;
  /** What was done last, also while something else is being typed. */
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
  const time = useTime();
  const send = useSend();
  const save = useSave();
  const view = viewOf(useDraft(id), now);
  const hindrance = hindranceOf(view);

  return {
    ...view,
    hindrance,
    refusal: view.dirty ? refusalOf(view) : null,
    done: useDone(id),
    live: useIsLive(),
    change: (patch) => drafts.edit(id, now, patch),
    save: () => {
      if (hindrance === null) void save(id);
    },
    revert: () => drafts.revert(id),
    useMine: () => {
      if (view.theirs === null) return;
      drafts.rebase(id, view.theirs);
      void save(id);
    },
    takeBack: () => void send(id, drafts.takeBack(id, now, time())),
  };
}
