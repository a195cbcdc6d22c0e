import { type ReactNode, createContext, useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { useLive } from '../../data/socket/live-context.tsx';
import type { Draft } from './draft.ts';
import type { LastAction, Drafts, CurrentValueOf } from './drafts.ts';
import { presenceValueOf } from '../presence/current-presence.ts';

const DraftsContext = createContext<Drafts | null>(null);

/** Hands the drafts to the editor, keeps them in step with the board, and warns before the page takes them away. */
export function DraftsProvider({ drafts, children }: { drafts: Drafts; children: ReactNode }) {
  const { store } = useLive();

  useEffect(() => {
    const currentValueOf: CurrentValueOf = (id) => {
      const extension = store.getState().board?.extensions.get(id);
      return extension === undefined ? null : presenceValueOf(extension);
    };
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      if (drafts.hasDirtyDrafts(currentValueOf)) event.preventDefault();
    };
    const unsubscribe = store.subscribe(({ board }) => {
      // While nothing is known, nothing is known to have changed.
      if (board !== null) drafts.reconcile(currentValueOf);
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

export function useDraft(id: string): Draft | undefined {
  return useStore(useDrafts().store, ({ drafts }) => drafts.get(id));
}

/** What was done last, as long as it can be taken back. */
export function useLastAction(id: string): LastAction | undefined {
  return useStore(useDrafts().store, ({ lastActions }) => lastActions.get(id));
}

/** The extensions for which something was typed that Asterisk has not got. */
export function useUnsavedExtensions(): readonly string[] {
  return useStore(
    useDrafts().store,
    useShallow(({ drafts }) => [...drafts.keys()]),
  );
}
