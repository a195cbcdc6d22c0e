import { type RefObject, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { BoardGridHandle } from '../../entities/extension/board-view-props.ts';
import type { SearchFieldHandle } from '../../features/search/search-field.tsx';
import { useOverlay } from '../../shell/overlay-context.ts';

interface PersonPanelOptions {
  openId: string | null;
  open: (id: string | null) => void;
  modal: boolean;
  grid: RefObject<BoardGridHandle | null>;
  searchField: RefObject<SearchFieldHandle | null>;
}

export function usePersonPanel({ openId, open, modal, grid, searchField }: PersonPanelOptions) {
  const { pendingOpen } = useOverlay();
  // An extension requested by another page is open by its address.
  const [focusRequest, setFocusRequest] = useState(() => Number(pendingOpen.getState() !== null));
  const lastOpen = useRef(openId);

  const openPerson = useCallback(
    (id: string) => {
      open(id);
      setFocusRequest((times) => times + 1);
    },
    [open],
  );
  const closePerson = () => {
    open(null);
    setFocusRequest(0);
  };
  const onPendingOpen = useEffectEvent(openPerson);
  useEffect(() => {
    pendingOpen.setState(null, true);
    return pendingOpen.subscribe((id) => {
      if (id === null) return;
      pendingOpen.setState(null, true);
      onPendingOpen(id);
    });
  }, [pendingOpen]);
  // The panel may be closed by other means too; the board is inert until then.
  useEffect(() => {
    if (openId === null && lastOpen.current !== null) grid.current?.focusTile(lastOpen.current);
    lastOpen.current = openId;
  }, [openId, grid]);

  return {
    /** Incremented to move the focus into the panel. */
    focusRequest,
    openPerson,
    closePerson,
    /** The focused element was removed: a tile passes the focus to a neighbour, anything else to the open person. */
    onFocusLost: (tile: boolean) => {
      if (tile || openId === null) grid.current?.focusTile();
      else setFocusRequest((times) => times + 1);
    },
    /** Focuses the search; closes a panel that covers it. */
    focusSearch: () => {
      if (modal) flushSync(closePerson);
      searchField.current?.focus();
    },
  };
}
