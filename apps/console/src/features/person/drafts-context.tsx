import { type ReactNode, createContext, useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { useLive } from '../../live/live-context.tsx';
import type { Draft } from './draft.ts';
import type { Done, Drafts, NowOf } from './drafts.ts';
import { saidOf } from './said.ts';

const DraftsContext = createContext<Drafts | null>(null);

/** Hands the drafts to the editor, keeps them in step with the board, and warns before the page takes them away. */
export function DraftsProvider({ drafts, children }: { drafts: Drafts; children: ReactNode }) {
  const { store } = useLive();

  useEffect(() => {
    const nowOf: NowOf = (id) => {
      const row = store.getState().board?.rows.get(id);
      return row === undefined ? null : saidOf(row);
    };
    const onLeave = (event: BeforeUnloadEvent) => {
      if (drafts.anyDirty(nowOf)) event.preventDefault();
    };
    const unsubscribe = store.subscribe(({ board }) => {
      // While nothing is known, nothing is known to have changed.
      if (board !== null) drafts.settle(nowOf);
    });
    window.addEventListener('beforeunload', onLeave);
    return () => {
      unsubscribe();
      window.removeEventListener('beforeunload', onLeave);
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
export function useDone(id: string): Done | undefined {
  return useStore(useDrafts().store, ({ done }) => done.get(id));
}

/** The extensions for which something was typed that Asterisk has not got. */
export function useUnsaved(): readonly string[] {
  return useStore(
    useDrafts().store,
    useShallow(({ drafts }) => [...drafts.keys()]),
  );
}
