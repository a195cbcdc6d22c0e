import type { DirectoryListing } from '@lampboard/protocol';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { type StoreApi, createStore } from 'zustand/vanilla';
import { useCommandQuery } from '../../data/http/use-command.ts';
import { useQueryClient } from '../../data/http/use-query-client.ts';
import { usePbxNames } from '../../data/socket/live-context.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLeaveWarning } from '../../ui/use-leave-warning.ts';
import { directoryItems } from './directory-items.ts';
import { type EntryDraft, NO_DRAFT, withoutSaved } from './entry-draft.ts';

const DRAFTS_KEY = ['entry-drafts'];

type Drafts = ReadonlyMap<string, EntryDraft>;

/** The directory and its unsaved changes. While a request fails, the previous listing stays. */
export function useDirectory() {
  const t = useT();
  const { reply, refresh } = useCommandQuery('list-directory', {});
  const [listing, setListing] = useState<DirectoryListing | null>(null);
  if (reply?.ok === true && reply.value !== listing) setListing(reply.value);
  const pbxNames = usePbxNames();
  const items = useMemo(
    () => (listing === null ? null : directoryItems(t, listing, pbxNames)),
    [t, listing, pbxNames],
  );
  const { drafts, updateDraft } = useDrafts();
  useLeaveWarning(drafts.size > 0);
  useEffect(() => {
    for (const { id, entry } of items ?? [])
      if (entry !== null && drafts.has(id)) updateDraft(id, (draft) => withoutSaved(entry, draft));
    // oxlint-disable-next-line react/exhaustive-deps -- a text that is being typed stays as it is
  }, [items]);
  return { items, drafts, updateDraft, failure: reply?.ok === false ? reply : null, refresh };
}

/** Unsaved changes by the id of the entry, kept while other pages are shown and until another account signs in. */
function useDrafts() {
  const queryClient = useQueryClient();
  // A store in the cache: values of the cache itself arrive too late for a field that is being typed in.
  const [store] = useState(() => {
    queryClient.setQueryDefaults(DRAFTS_KEY, { gcTime: Infinity });
    const cached = queryClient.getQueryData<StoreApi<Drafts>>(DRAFTS_KEY);
    if (cached !== undefined) return cached;
    const created = createStore<Drafts>(() => new Map());
    queryClient.setQueryData(DRAFTS_KEY, created);
    return created;
  });
  const drafts = useStore(store);
  const updateDraft = (id: string, update: (draft: EntryDraft) => EntryDraft) => {
    const draft = update(store.getState().get(id) ?? NO_DRAFT);
    const next = new Map(store.getState());
    if (draft.size === 0) next.delete(id);
    else next.set(id, draft);
    store.setState(next, true);
  };
  return { drafts, updateDraft };
}
