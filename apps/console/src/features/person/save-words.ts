import type { Failure } from '@lampboard/protocol';
import type { Hindrance } from './draft.ts';

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

export interface SaveWords {
  /** What was refused, or would be. */
  readonly alert: string | null;
  /** What is still to be done before it can be saved. */
  readonly note: string | null;
}

export function saveWords({
  hindrance,
  failure,
}: {
  hindrance: Hindrance | null;
  failure: Pick<Failure, 'message'> | null;
}): SaveWords {
  const words = hindranceWords(hindrance);
  const refused = hindrance?.kind === 'refused';
  return { alert: failure?.message ?? (refused ? words : null), note: refused ? null : words };
}
