import { type Attribution, withCurrentName } from '@lampboard/model';
import { type Presence, samePresence } from '@lampboard/protocol';
import type { ReturnTimeStore } from './return-time-store.ts';
import type { AttributedEdit } from './presence-log.ts';

/** Time after an edit in which events of earlier presences may still arrive. */
const ECHO_WINDOW_MS = 5000;

/** Tracks presences set through Lampboard; any other in Asterisk was set on a phone. */
export type AttributionTracker = ReturnType<typeof createAttributionTracker>;

interface TrackedEdit extends AttributedEdit {
  /** Asterisk has reported it. */
  seen: boolean;
}

interface AttributionTrackerOptions {
  /** Edits before this start, oldest first for each provider. */
  lastEdits: readonly AttributedEdit[];
  returnTimeStore: Pick<ReturnTimeStore, 'replace'>;
  now: () => number;
}

export function createAttributionTracker({ lastEdits, returnTimeStore, now }: AttributionTrackerOptions) {
  /** By provider: the current edit, then written edits that Asterisk has not reported yet. */
  const edits = new Map<string, readonly TrackedEdit[]>();
  for (const edit of lastEdits)
    edits.set(edit.provider, [...editsOf(edit.provider), { ...edit, seen: false }]);

  function editsOf(provider: string): readonly TrackedEdit[] {
    return edits.get(provider) ?? [];
  }

  function put(provider: string, next: readonly TrackedEdit[]): void {
    if (next.length === 0) edits.delete(provider);
    else edits.set(provider, next);
  }

  function storeReturnTimes(provider: string, next: readonly TrackedEdit[], immediately: boolean): boolean {
    const hasReturnTime = [...editsOf(provider), ...next].some(({ returnTime }) => returnTime !== null);
    return !hasReturnTime || returnTimeStore.replace(provider, next, { immediately });
  }

  function retain(provider: string, shouldRetain: (edit: TrackedEdit, index: number) => boolean): void {
    const next = editsOf(provider).filter(shouldRetain);
    if (next.length === editsOf(provider).length) return;
    storeReturnTimes(provider, next, false);
    put(provider, next);
  }

  const mayStillArrive = ({ seen, setAt }: TrackedEdit) => !seen && now() - setAt <= ECHO_WINDOW_MS;

  return {
    /**
     * Registers an edit before it is written to Asterisk, and stores its return time first, so that a crash can't lose it.
     * Returns a function that cancels the edit; null if the return time can't be stored.
     */
    expectEcho(expected: Omit<AttributedEdit, 'setAt'>): (() => void) | null {
      const { provider } = expected;
      const edit = { ...expected, setAt: now(), seen: false };
      const next = [...editsOf(provider), edit];
      const mustStore = expected.returnTime !== null;
      if (!storeReturnTimes(provider, next, mustStore) && mustStore) return null;
      put(provider, next);
      return () => retain(provider, (other) => other !== edit);
    },
    /** Removes the scheduled next state; the return time stays. */
    clearNextState(provider: string) {
      const next = editsOf(provider).map((edit) => ({
        ...edit,
        returnTime: edit.returnTime && { ...edit.returnTime, thenState: null },
      }));
      storeReturnTimes(provider, next, false);
      put(provider, next);
    },
    /** Sets account names, by account id. */
    rename(names: ReadonlyMap<number, string>) {
      for (const [provider, tracked] of edits)
        put(
          provider,
          tracked.map((edit) => ({ ...edit, actor: withCurrentName(edit.actor, names) })),
        );
    },
    findAttribution(provider: string, presence: Presence): Attribution | null {
      const tracked = editsOf(provider);
      const position = tracked.findLastIndex((edit) => samePresence(edit.presence, presence));
      const edit = tracked[position];
      if (edit === undefined) {
        // Set on a phone: from now on the same presence no longer belongs to an edit.
        retain(provider, mayStillArrive);
        return null;
      }
      edit.seen = true;
      retain(provider, (other, index) => index === position || (index > position && mayStillArrive(other)));
      const { actor, setAt, returnTime } = edit;
      return { actor, setAt, returnTime };
    },
  };
}
