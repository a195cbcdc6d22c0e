import type { Way } from './draft.ts';
import type { Said } from './said.ts';

/** A presence that was set here: `before` stood in place of `after`. */
export interface Change {
  readonly id: string;
  readonly before: Said;
  readonly after: Said;
}

/** Changes of this session that can be undone and redone, the latest last. */
export interface Changes {
  readonly undo: readonly Change[];
  readonly redo: readonly Change[];
}

export const NO_CHANGES: Changes = { undo: [], redo: [] };

const MAX_CHANGES = 10;

const withLatest = (changes: readonly Change[], change: Change) => [...changes, change].slice(-MAX_CHANGES);

function withoutLatestOf(changes: readonly Change[], id: string): readonly Change[] {
  const latest = changes.findLast((change) => change.id === id);
  return changes.filter((change) => change !== latest);
}

/** The changes after one more: a new one leaves nothing to redo. */
export function withChange({ undo, redo }: Changes, way: Way, change: Change): Changes {
  const { id, before, after } = change;
  switch (way) {
    case 'saved':
      return { undo: withLatest(undo, change), redo: [] };
    case 'undone':
      return {
        undo: withoutLatestOf(undo, id),
        redo: withLatest(redo, { id, before: after, after: before }),
      };
    case 'redone':
      return { undo: withLatest(undo, change), redo: withoutLatestOf(redo, id) };
  }
}
