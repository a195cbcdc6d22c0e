import { createContext, useContext } from 'react';
import { type StoreApi, createStore } from 'zustand/vanilla';

/** What lies over the pages. */
export type Overlay = 'palette' | 'help' | 'sign-out' | 'ask-to-sign-out';

interface EverywhereValue {
  readonly show: (overlay: Overlay) => void;
  /** The extension that the board is to open, with the focus in its panel; null once it has. */
  readonly wanted: StoreApi<string | null>;
}

export function createWanted(): EverywhereValue['wanted'] {
  return createStore<string | null>(() => null);
}

/** Without the parts that lie over the pages, such as in a test of one page, nothing is shown. */
export const EverywhereContext = createContext<EverywhereValue>({
  show: () => undefined,
  wanted: createWanted(),
});

export function useEverywhere(): EverywhereValue {
  return useContext(EverywhereContext);
}
