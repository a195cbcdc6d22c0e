import { type RefObject, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { BoardGridHandle } from '../extension/board-view.ts';
import { useEverywhere } from './everywhere-context.ts';

interface OpenPersonOptions {
  openId: string | null;
  open: (id: string | null) => void;
  /** The panel lies over the board, which cannot be reached meanwhile. */
  modal: boolean;
  grid: RefObject<BoardGridHandle | null>;
  searchField: RefObject<HTMLInputElement | null>;
}

interface OpenPerson {
  /** Counts what wants the focus to move into the panel. */
  readonly focusWanted: number;
  openPerson: (id: string) => void;
  closePerson: () => void;
  /** What had the focus on the board has gone: a tile hands it to its neighbours, anything else to the person open. */
  onFocusLost: (tile: boolean) => void;
  /** Goes to the search; a panel that covers it makes way. */
  toSearch: () => void;
}

/** Opening and closing the panel, and where the focus is before and after. */
export function useOpenPerson({ openId, open, modal, grid, searchField }: OpenPersonOptions): OpenPerson {
  const { wanted } = useEverywhere();
  // What another page wanted to have opened is open by its address.
  const [focusWanted, setFocusWanted] = useState(() => Number(wanted.getState() !== null));
  const lastOpen = useRef(openId);

  const openPerson = useCallback(
    (id: string) => {
      open(id);
      setFocusWanted((times) => times + 1);
    },
    [open],
  );
  const closePerson = () => {
    open(null);
    setFocusWanted(0);
  };
  const onWanted = useEffectEvent(openPerson);
  useEffect(() => {
    wanted.setState(null, true);
    return wanted.subscribe((id) => {
      if (id === null) return;
      wanted.setState(null, true);
      onWanted(id);
    });
  }, [wanted]);
  // However the panel was closed, its tile has the focus: only now is the board within reach again.
  useEffect(() => {
    if (openId === null && lastOpen.current !== null) grid.current?.focusTile(lastOpen.current);
    lastOpen.current = openId;
  }, [openId, grid]);

  return {
    focusWanted,
    openPerson,
    closePerson,
    onFocusLost: (tile) => {
      if (tile || openId === null) grid.current?.focusTile();
      else setFocusWanted((times) => times + 1);
    },
    toSearch: () => {
      if (modal) flushSync(closePerson);
      searchField.current?.focus();
      searchField.current?.select();
    },
  };
}
