import { type ReactNode, createContext, useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import { useLive } from '../../live/live-context.tsx';
import type { Draft } from './draft.ts';
import type { Drafts, NowOf, Saved } from './drafts.ts';

const DraftsContext = createContext<Drafts | null>(null);

/** Hands the drafts to the editor, keeps them in step with the board, and warns before the page takes them away. */
export function DraftsProvider({ drafts, children }: { drafts: Drafts; children: ReactNode }) {
  const { store } = useLive();

  useEffect(() => {
    const nowOf: NowOf = (id) => store.getState().board?.rows.get(id)?.presence;
    const onLeave = (event: BeforeUnloadEvent) => {
      if (drafts.anyDirty(nowOf)) event.preventDefault();
    };
    const unsubscribe = store.subscribe(() => drafts.settle(nowOf));
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

export function useSaved(id: string): Saved | undefined {
  return useStore(useDrafts().store, ({ saved }) => saved.get(id));
}
