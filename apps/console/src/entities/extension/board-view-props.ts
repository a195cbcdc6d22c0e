import type { Ref } from 'react';
import type { BoardSection } from './select/sections.ts';

export interface BoardGridHandle {
  /** Scrolls to an extension and focuses it; without an id, the current one. */
  focusTile: (id?: string) => void;
}

export interface BoardViewProps {
  handle: Ref<BoardGridHandle>;
  ids: readonly string[];
  /** Of the ids, in their order; null without headings. */
  sections: readonly BoardSection[] | null;
  /** All of them are in the page, not only those near the visible ones: the browser's own search finds them. */
  whole: boolean;
  stale: ReadonlySet<string>;
  unsaved: readonly string[];
  openId: string | null;
  highlightedId: string | null;
  onOpen: (id: string) => void;
}
