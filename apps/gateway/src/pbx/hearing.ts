import { type Board, type Fact, reduce } from '@lampboard/board';

/** One list may be a little ahead of its events. */
const DEAF_AFTER_LISTS = 2;

/**
 * Whether Asterisk tells of changes at all: an account without read class `call` is sent no event, and no action says
 * so. Where lists know of lamps that no event has told, it is.
 */
export interface Hearing {
  heardEvent(): void;
  /** A list came, which may say otherwise than the board. */
  listed(board: Board, list: Fact): void;
  isDeaf(): boolean;
}

export function createHearing(): Hearing {
  let hasHeard = false;
  let untold = 0;
  return {
    heardEvent() {
      hasHeard = true;
    },
    listed(board, list) {
      if (!hasHeard && changesLamps(board, list)) untold += 1;
    },
    isDeaf: () => !hasHeard && untold >= DEAF_AFTER_LISTS,
  };
}

function changesLamps(board: Board, list: Fact): boolean {
  return reduce(board, [list], 0).changes.some(({ kind }) => kind === 'lamp');
}
