import type { Change, ExtensionRow } from '@lampboard/protocol';
import type { Board } from './board.ts';

/** A board that changes are made in, on its way to be the next one. */
export interface WorkingBoard {
  readonly rows: ReadonlyMap<string, ExtensionRow>;
  /** Makes one change; one for a row that is not there is none. */
  apply(change: Change): void;
  /** The board one `seq` later. */
  done(): Board;
}

/** `rows` are those of the board, and are changed in place. */
export function workingBoard(board: Board, rows: Map<string, ExtensionRow>): WorkingBoard {
  let { link } = board;

  function patch(id: string, fields: Partial<ExtensionRow>): void {
    const row = rows.get(id);
    if (row !== undefined) rows.set(id, { ...row, ...fields });
  }

  return {
    rows,
    apply(change) {
      switch (change.kind) {
        case 'put':
          rows.set(change.row.id, change.row);
          return;
        case 'remove':
          rows.delete(change.id);
          return;
        case 'lamp':
          patch(change.id, { lamp: change.lamp, lampSince: change.since });
          return;
        case 'presence':
          patch(change.id, {
            presence: change.presence,
            presenceSince: change.since,
            presenceBy: change.by,
            back: change.back,
          });
          return;
        case 'phone':
          patch(change.id, { phone: change.phone });
          return;
        case 'person':
          patch(change.id, { person: change.person });
          return;
        case 'link':
          link = change.link;
      }
    },
    done: () => ({ ...board, seq: board.seq + 1, link, rows }),
  };
}
