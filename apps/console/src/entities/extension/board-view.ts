import type { Ref } from 'react';

export interface BoardGridHandle {
  /** Scrolls to an extension and focuses it; without an id, the current one. */
  focusTile: (id?: string) => void;
}

export interface BoardViewProps {
  handle: Ref<BoardGridHandle>;
  ids: readonly string[];
  /** Extensions that no longer match the filter. */
  stale: ReadonlySet<string>;
  /** Extensions with unsaved changes. */
  unsaved: readonly string[];
  openId: string | null;
  highlightedId: string | null;
  onOpen: (id: string) => void;
}
