/** One list may be a little ahead of its events. */
const DEAF_AFTER_LISTS = 2;

/**
 * Whether Asterisk tells of changes at all: an account without read class `call` is sent no event, and no action says
 * so. Where lists know of lamps that no event has told, it is.
 */
export interface Hearing {
  heardEvent(): void;
  /** A list came; `changesLamps`: it says otherwise than the board. */
  listed(changesLamps: () => boolean): void;
  isDeaf(): boolean;
}

export function createHearing(): Hearing {
  let hasHeard = false;
  let untold = 0;
  return {
    heardEvent() {
      hasHeard = true;
    },
    listed(changesLamps) {
      if (!hasHeard && changesLamps()) untold += 1;
    },
    isDeaf: () => !hasHeard && untold >= DEAF_AFTER_LISTS,
  };
}
