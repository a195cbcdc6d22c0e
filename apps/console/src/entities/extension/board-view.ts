import type { Ref } from 'react';

export interface BoardGridHandle {
  /** Brings an extension into view and gives it the focus; without an id, the one that had it last. */
  focusTile: (id?: string) => void;
}

/** What each view of the board is given. */
export interface BoardViewProps {
  handle: Ref<BoardGridHandle>;
  ids: readonly string[];
  /** The extensions among them that do not fit the filter any more. */
  stale: ReadonlySet<string>;
  /** The extensions for which something was typed and is not saved. */
  unsaved: readonly string[];
  openId: string | null;
  highlightedId: string | null;
  onOpen: (id: string) => void;
}
