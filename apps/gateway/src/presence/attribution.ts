import { type AttributionLookup, withCurrentName } from '@lampboard/model';
import { samePresence } from '@lampboard/protocol';
import type { ReturnTimeStore } from './return-time-store.ts';
import type { AttributedEdit } from './presence-log.ts';

/** Milliseconds in which Asterisk's events may still tell of what was there before an edit. */
const ECHO_WINDOW_MS = 5000;

/** Knows which presences were set through Lampboard; whatever else Asterisk tells was set on a telephone. */
export interface AttributionTracker {
  /**
   * This is about to be written to Asterisk; what it returns is called where it was not. Its return time is kept before
   * the presence is written, so that no crash in between loses it; null where it can't be kept.
   */
  expectEcho(edit: Omit<AttributedEdit, 'setAt'>): (() => void) | null;
  /** Nothing follows by itself any more on what stands at this provider; the return time stays. */
  clearNextState(provider: string): void;
  /** Accounts have these names by now, by their ids. */
  rename(names: ReadonlyMap<number, string>): void;
  readonly findAttribution: AttributionLookup;
}

interface TrackedEdit extends AttributedEdit {
  /** Asterisk has told of it since. */
  seen: boolean;
}

export function createAttributionTracker({
  lastEdits,
  returnTimeStore,
  now,
}: {
  /** What was set before this start, by provider the oldest first. */
  lastEdits: readonly AttributedEdit[];
  returnTimeStore: Pick<ReturnTimeStore, 'replace'>;
  /** Milliseconds since 1970. */
  now: () => number;
}): AttributionTracker {
  /** Of each provider what stands, and after it what was written and not told yet. */
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
    expectEcho(expected) {
      const { provider } = expected;
      const edit = { ...expected, setAt: now(), seen: false };
      const next = [...editsOf(provider), edit];
      const mustStore = expected.returnTime !== null;
      if (!storeReturnTimes(provider, next, mustStore) && mustStore) return null;
      put(provider, next);
      return () => retain(provider, (other) => other !== edit);
    },
    clearNextState(provider) {
      const next = editsOf(provider).map((edit) => ({
        ...edit,
        returnTime: edit.returnTime && { ...edit.returnTime, next: null },
      }));
      storeReturnTimes(provider, next, false);
      put(provider, next);
    },
    rename(names) {
      for (const [provider, tracked] of edits)
        put(
          provider,
          tracked.map((edit) => ({ ...edit, actor: withCurrentName(edit.actor, names) })),
        );
    },
    findAttribution(provider, presence) {
      const tracked = editsOf(provider);
      const position = tracked.findLastIndex((edit) => samePresence(edit.presence, presence));
      const edit = tracked[position];
      if (edit === undefined) {
        // Somebody else has moved on: the same presence, told again later, is no longer an edit's.
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
