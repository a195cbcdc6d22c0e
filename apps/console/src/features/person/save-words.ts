import type { SetPresenceReply } from '@lampboard/protocol';
import type { Hindrance } from './draft.ts';
import type { Done } from './drafts.ts';

/** Why a form can't be saved as it stands; null where it can, or where that is plain to see. */
export function hindranceWords(hindrance: Hindrance | null): string | null {
  switch (hindrance?.kind) {
    case undefined:
    case 'unchanged':
    case 'saving':
      return null;
    case 'conflict':
      return 'Pick one of the two versions first.';
    case 'no-state':
      return 'Choose a presence first.';
    case 'refused':
      return hindrance.message;
  }
}

/** What was done, and what takes it back. */
export const DONE_WORDS: Readonly<Record<Done['kind'], { did: string; back: string }>> = {
  saved: { did: 'Saved', back: 'Undo' },
  undone: { did: 'Undone', back: 'Redo' },
  redone: { did: 'Redone', back: 'Undo' },
  earlier: { did: '', back: 'Undo' },
  reverted: { did: 'Reverted', back: 'Bring back' },
};

export interface SaveWords {
  /** What was refused, or would be. */
  readonly alert: string | null;
  /** What is still to be done before it can be saved. */
  readonly note: string | null;
}

export function saveWords({
  hindrance,
  failure,
  live,
}: {
  hindrance: Hindrance | null;
  failure: Extract<SetPresenceReply, { ok: false }> | null;
  live: boolean;
}): SaveWords {
  const words = hindranceWords(hindrance);
  // That there is no link is no alert any more once there is one.
  if (live && failure?.code === 'link-down')
    return { alert: null, note: words ?? 'Live again: not saved yet.' };
  const refused = hindrance?.kind === 'refused';
  return { alert: failure?.message ?? (refused ? words : null), note: refused ? null : words };
}
