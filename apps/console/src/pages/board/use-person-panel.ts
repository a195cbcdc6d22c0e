import { type RefObject, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { BoardGridHandle } from '../../entities/extension/board-view.ts';
import { useOverlay } from '../../shell/overlay-context.ts';

interface PersonPanelOptions {
  openId: string | null;
  open: (id: string | null) => void;
  /** The panel lies over the board, which cannot be reached meanwhile. */
  modal: boolean;
  grid: RefObject<BoardGridHandle | null>;
  searchField: RefObject<HTMLInputElement | null>;
}

interface PersonPanelState {
  /** Counts what wants the focus to move into the panel. */
  readonly focusRequest: number;
  openPerson: (id: string) => void;
  closePerson: () => void;
  /** What had the focus on the board has gone: a tile hands it to its neighbours, anything else to the person open. */
  onFocusLost: (tile: boolean) => void;
  /** Goes to the search; a panel that covers it makes way. */
  focusSearch: () => void;
}

/** Opening and closing the panel, and where the focus is before and after. */
export function usePersonPanel({
  openId,
  open,
  modal,
  grid,
  searchField,
}: PersonPanelOptions): PersonPanelState {
  const { pendingOpen } = useOverlay();
  // What another page wanted to have opened is open by its address.
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
  // However the panel was closed, its tile has the focus: only now is the board within reach again.
  useEffect(() => {
    if (openId === null && lastOpen.current !== null) grid.current?.focusTile(lastOpen.current);
    lastOpen.current = openId;
  }, [openId, grid]);

  return {
    focusRequest,
    openPerson,
    closePerson,
    onFocusLost: (tile) => {
      if (tile || openId === null) grid.current?.focusTile();
      else setFocusRequest((times) => times + 1);
    },
    focusSearch: () => {
      if (modal) flushSync(closePerson);
      searchField.current?.focus();
      searchField.current?.select();
    },
  };
}
