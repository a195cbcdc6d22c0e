import type { LastUsed } from '@lampboard/protocol';
import { useEffect } from 'react';
import { useMe } from '../../api/api-context.tsx';
import { useList } from '../../api/use-command.ts';
import type { Said } from './said.ts';

/** What was saved is known a moment after the board shows it. */
const RECORDED_MS = 1000;

/** Subtypes and messages used last: undefined until they came, null where they cannot be had. Asked anew as `now` changes. */
export function useLastUsed(now: Said): LastUsed | null | undefined {
  const me = useMe();
  const account = me?.name ?? '';
  const { reply, refresh } = useList('list-last-used', { account }, { enabled: me !== null });
  useEffect(() => {
    const timer = setTimeout(() => void refresh(), RECORDED_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new presence is what makes the list stale
  }, [now, refresh]);
  if (reply === undefined) return undefined;
  return reply.ok ? reply.value : null;
}
