import { type ReactNode, createContext, useContext, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { useLive } from '../../data/socket/live-context.tsx';
import type { Draft } from './draft.ts';
import type { LastAction, Drafts, CurrentValueOf, UndoEntry } from './drafts.ts';
import { currentValueOf } from '../presence/presence-value.ts';

const DraftsContext = createContext<Drafts | null>(null);

/** Provides the drafts, reconciles them with the board, and warns before the page closes with unsaved changes. */
export function DraftsProvider({ drafts, children }: { drafts: Drafts; children: ReactNode }) {
  const { store } = useLive();

  useEffect(() => {
    const currentValue: CurrentValueOf = (id) => currentValueOf(store.getState(), id);
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      if (drafts.hasDirtyDrafts(currentValue)) event.preventDefault();
    };
    const unsubscribe = store.subscribe(({ board }) => {
      // Without a board, nothing is known to have changed.
      if (board !== null) drafts.reconcile(currentValue);
    });
    window.addEventListener('beforeunload', onBeforeUnload);
    return () => {
      unsubscribe();
      window.removeEventListener('beforeunload', onBeforeUnload);
    };
  }, [drafts, store]);

  return <DraftsContext value={drafts}>{children}</DraftsContext>;
}

export function useDrafts(): Drafts {
  const drafts = useContext(DraftsContext);
  if (drafts === null) throw new Error('DraftsProvider is missing');
  return drafts;
}

export const useDraft = (id: string): Draft | undefined =>
  useStore(useDrafts().store, ({ drafts }) => drafts.get(id));

export const useLastAction = (id: string): LastAction | undefined =>
  useStore(useDrafts().store, ({ lastActions }) => lastActions.get(id));

export function useUnsavedExtensions(): readonly string[] {
  return useStore(
    useDrafts().store,
    useShallow(({ drafts }) => [...drafts.keys()]),
  );
}

/** Returns the changes of this session that can be undone, the latest first. */
export function useUndoEntries(): readonly UndoEntry[] {
  const entries = useStore(useDrafts().store, ({ undo }) => undo);
  return useMemo(() => entries.toReversed(), [entries]);
}
