import { useLocation } from 'wouter';
import { currentPath } from '../data/http/base-path.ts';
import { createContext, useContext } from 'react';
import { type StoreApi, createStore } from 'zustand/vanilla';

export type Overlay = 'palette' | 'help' | 'sign-out' | 'confirm-sign-out';

interface OverlayContextValue {
  readonly show: (overlay: Overlay) => void;
  /** The extension that the board should open and focus; null once it has. */
  readonly pendingOpen: StoreApi<string | null>;
}

export const createPendingOpen = (): OverlayContextValue['pendingOpen'] =>
  createStore<string | null>(() => null);

/** The default serves tests of single pages. */
export const OverlayContext = createContext<OverlayContextValue>({
  show: () => undefined,
  pendingOpen: createPendingOpen(),
});

export const useOverlay = (): OverlayContextValue => useContext(OverlayContext);

export function useOpenExtension(): (id: string) => void {
  const [, navigate] = useLocation();
  const { pendingOpen } = useOverlay();
  return (id) => {
    pendingOpen.setState(id, true);
    if (currentPath() !== '/') navigate(`/?${new URLSearchParams({ extension: id }).toString()}`);
  };
}
