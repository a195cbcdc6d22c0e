import type { DirectoryListing } from '@lampboard/protocol';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useCommandQuery } from '../../data/http/use-command.ts';
import { useQueryClient } from '../../data/http/use-query-client.ts';
import { usePbxNames } from '../../data/socket/live-context.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLeaveWarning } from '../../ui/use-leave-warning.ts';
import { directoryItems } from './directory-items.ts';
import { type EntryDraft, NO_DRAFT, withoutSaved } from './entry-draft.ts';

const DRAFTS_KEY = ['entry-drafts'];

type Drafts = ReadonlyMap<string, EntryDraft>;

const NO_DRAFTS: Drafts = new Map();

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
  const { data: drafts } = useQuery(
    {
      queryKey: DRAFTS_KEY,
      queryFn: () => NO_DRAFTS,
      initialData: NO_DRAFTS,
      enabled: false,
      staleTime: Infinity,
      gcTime: Infinity,
      structuralSharing: false,
    },
    queryClient,
  );
  const updateDraft = (id: string, update: (draft: EntryDraft) => EntryDraft) =>
    queryClient.setQueryData<Drafts>(DRAFTS_KEY, (previous = NO_DRAFTS) => {
      const draft = update(previous.get(id) ?? NO_DRAFT);
      const next = new Map(previous);
      if (draft.size === 0) next.delete(id);
      else next.set(id, draft);
      return next;
    });
  return { drafts, updateDraft };
}
