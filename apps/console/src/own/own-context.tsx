import { FAVOURITES, type OwnBoard, type OwnGroup, type Preferences } from '@lampboard/protocol';
import { type ReactNode, createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Own } from './create-own.ts';

const OwnContext = createContext<Own | null>(null);

export function OwnProvider({ own, children }: { own: Own; children: ReactNode }) {
  return <OwnContext value={own}>{children}</OwnContext>;
}

export function useOwn(): Own {
  const own = useContext(OwnContext);
  if (own === null) throw new Error('OwnProvider is missing');
  return own;
}

function useOwnState<T>(selector: (own: OwnBoard) => T): T {
  return useStore(useOwn().store, selector);
}

export function usePreference<K extends keyof Preferences>(name: K): Preferences[K] {
  return useOwnState(({ preferences }) => preferences[name]);
}

/** The account's groups in their order, its favourites among them. */
export function useOwnGroups(): readonly OwnGroup[] {
  return useOwnState(({ groups }) => groups);
}

export function useIsFavourite(extension: string): boolean {
  return useOwnState(({ groups }) =>
    groups.some(({ id, members }) => id === FAVOURITES && members.includes(extension)),
  );
}

/** Whether one is told when the extension can be reached. */
export function useIsTold(extension: string): boolean {
  return useOwnState(({ preferences }) => preferences.tellMe.includes(extension));
}
