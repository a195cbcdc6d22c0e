import { type ReactNode, createContext, useContext, useState } from 'react';
import { type StoreApi, createStore, useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';

/** The oldest are removed beyond this number. */
const MAX_OPENED = 5;
const MAX_FREED = 20;

interface DeskState {
  /** The latest first. */
  readonly openedIds: readonly string[];
  /** Those whose availability alert was given, with its time by the gateway's clock; the latest first. */
  readonly freed: readonly Freed[];
}

export interface Freed {
  readonly id: string;
  readonly since: number;
}

type DeskSession = ReturnType<typeof createDeskSession>;

/** State of the desk that is kept until the page closes. */
function createDeskSession() {
  const store: StoreApi<DeskState> = createStore<DeskState>(() => ({ openedIds: [], freed: [] }));
  const withoutFreed = (freed: readonly Freed[], id: string) => freed.filter((other) => other.id !== id);
  return {
    store,
    noteOpened: (id: string) =>
      store.setState(({ openedIds }) => ({
        openedIds: [id, ...openedIds.filter((other) => other !== id)].slice(0, MAX_OPENED),
      })),
    noteFreed: (id: string, since: number) =>
      store.setState(({ freed }) => ({
        freed: [{ id, since }, ...withoutFreed(freed, id)].slice(0, MAX_FREED),
      })),
    dismissFreed: (id: string) => store.setState(({ freed }) => ({ freed: withoutFreed(freed, id) })),
  };
}

const DeskSessionContext = createContext<DeskSession | null>(null);

export function DeskSessionProvider({ children }: { children: ReactNode }) {
  const [session] = useState(createDeskSession);
  return <DeskSessionContext value={session}>{children}</DeskSessionContext>;
}

export function useDeskSession(): DeskSession {
  const session = useContext(DeskSessionContext);
  if (session === null) throw new Error('DeskSessionProvider is missing');
  return session;
}

export const useOpenedIds = (): readonly string[] =>
  useStore(useDeskSession().store, ({ openedIds }) => openedIds);

/** Returns the latest availability alerts that are not waited for again. */
export const useFreed = (watchedIds: readonly string[]): readonly Freed[] =>
  useStore(
    useDeskSession().store,
    useShallow(({ freed }) => freed.filter(({ id }) => !watchedIds.includes(id))),
  );
