import type { EditRecord, Failure } from '@lampboard/protocol';
import { useEffect } from 'react';
import { useMe } from '../../api/api-context.tsx';
import { useList } from '../../api/use-command.ts';
import { useDraft, useDrafts } from './drafts-context.tsx';
import { earlierOf } from './edits.ts';
import type { Said } from './said.ts';

/** A change may be on the board some moments before it is in the list: asked again after so many milliseconds. */
const RECORDED_MS = 1000;

interface Edits {
  /** The newest first; undefined until they came, and where they may not be seen. */
  readonly edits: readonly EditRecord[] | undefined;
  readonly failure: Failure | null;
}

/**
 * The latest edits of an extension, asked for anew whenever its presence changes or a save was answered. Where the
 * newest is the user's own, it can be taken back from here on, as after a save.
 */
export function useEdits(id: string, now: Said | null, allowed: boolean): Edits {
  const me = useMe();
  const drafts = useDrafts();
  const { reply, refresh } = useList('list-edits', { id }, { enabled: allowed });
  const draft = useDraft(id);
  const typing = draft !== undefined;
  const waiting = draft !== undefined && draft.sent !== null;
  const edits = reply?.ok === true ? reply.value : undefined;
  const name = me?.name;

  useEffect(() => {
    if (!allowed || waiting) return undefined;
    void refresh();
    const timer = setTimeout(() => void refresh(), RECORDED_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new presence is what makes the list stale
  }, [allowed, waiting, now, refresh]);

  useEffect(() => {
    if (edits === undefined || now === null || name === undefined || typing) return;
    const earlier = earlierOf(edits, now, name);
    if (earlier !== null) drafts.remember(id, earlier);
  }, [drafts, id, edits, now, name, typing]);

  return { edits, failure: reply === undefined || reply.ok ? null : reply };
}
