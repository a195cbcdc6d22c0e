import { useIsLive, usePbxNameOf, useServerClock } from '../../data/socket/live-context.tsx';
import {
  type DraftView,
  type Patch,
  type SaveBlocker,
  findSaveBlocker,
  validateDraft,
  toView,
} from '../../entities/presence-draft/draft.ts';
import type { LastAction } from '../../entities/presence-draft/drafts.ts';
import { useLastAction, useDraft, useDrafts } from '../../entities/presence-draft/drafts-context.tsx';
import type { PresenceValue } from '../../entities/presence/presence-value.ts';
import { useSaveDraft, useSendDraft } from '../../entities/presence-draft/use-save.ts';

export interface Editor extends DraftView {
  readonly blocker: SaveBlocker | null;
  /** Ignores conflicts, unlike `blocker`. */
  readonly validationError: SaveBlocker | null;
  /** The last save or undo, also while another draft is being typed. */
  readonly lastAction: LastAction | undefined;
  readonly live: boolean;
  /** The name of the PBX; null where there is one. */
  readonly pbx: string | null;
  change: (patch: Patch) => void;
  /** Does nothing while `blocker` is set. */
  save: () => void;
  /** Discards the draft. */
  revert: () => void;
  overwriteRemote: () => void;
  undo: () => void;
}

/** State and actions of the editor; `current` is the presence in Asterisk. */
export function useEditor(id: string, current: PresenceValue): Editor {
  const drafts = useDrafts();
  const serverNow = useServerClock();
  const send = useSendDraft();
  const save = useSaveDraft();
  const view = toView(useDraft(id), current);
  const blocker = findSaveBlocker(view);

  return {
    ...view,
    blocker,
    validationError: view.dirty ? validateDraft(view) : null,
    lastAction: useLastAction(id),
    live: useIsLive(id),
    pbx: usePbxNameOf()(id),
    change: (patch) => drafts.edit(id, current, patch),
    save: () => {
      if (blocker === null) void save(id);
    },
    revert: () => drafts.revert(id),
    overwriteRemote: () => {
      if (view.remote === null) return;
      drafts.rebase(id, view.remote);
      void save(id);
    },
    undo: () => void send(id, drafts.undo(id, current, serverNow())),
  };
}
