import { type Attribute, withNameOf } from '@lampboard/board';
import { type Author, type Back, type Presence, samePresence } from '@lampboard/protocol';
import type { ReturnTimes } from './return-times.ts';

/** Milliseconds in which Asterisk's events may still tell of what was there before an edit. */
const SETTLING_MS = 5000;

/** A presence that was set through Lampboard, and may stand in Asterisk. */
export interface StandingEdit {
  readonly provider: string;
  readonly presence: Presence;
  readonly by: Author;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly back: Back | null;
}

/** Knows which presences were set through Lampboard; whatever else Asterisk tells was set on a telephone. */
export interface StandingEdits {
  /**
   * This is about to be written to Asterisk; what it returns is called where it was not. Its return time is kept before
   * the presence is written, so that no crash in between loses it; null where it can't be kept.
   */
  expect(edit: Omit<StandingEdit, 'at'>): (() => void) | null;
  /** Nothing follows by itself any more on what stands at this provider; the return time stays. */
  cancelNext(provider: string): void;
  /** Accounts have these names by now, by their ids. */
  rename(names: ReadonlyMap<number, string>): void;
  readonly attribute: Attribute;
}

interface Known extends StandingEdit {
  /** Asterisk has told of it since. */
  seen: boolean;
}

export function createStandingEdits({
  last,
  returnTimes,
  now,
}: {
  /** What was set before this start, by provider the oldest first. */
  last: readonly StandingEdit[];
  returnTimes: Pick<ReturnTimes, 'replace'>;
  /** Milliseconds since 1970. */
  now: () => number;
}): StandingEdits {
  /** Of each provider what stands, and after it what was written and not told yet. */
  const edits = new Map<string, readonly Known[]>();
  for (const edit of last) edits.set(edit.provider, [...of(edit.provider), { ...edit, seen: false }]);

  function of(provider: string): readonly Known[] {
    return edits.get(provider) ?? [];
  }

  function put(provider: string, next: readonly Known[]): void {
    if (next.length === 0) edits.delete(provider);
    else edits.set(provider, next);
  }

  function keepReturnTimes(provider: string, next: readonly Known[], atOnce: boolean): boolean {
    const isKept = [...of(provider), ...next].some(({ back }) => back !== null);
    return !isKept || returnTimes.replace(provider, next, { atOnce });
  }

  function drop(provider: string, isKept: (edit: Known, place: number) => boolean): void {
    const next = of(provider).filter(isKept);
    if (next.length === of(provider).length) return;
    keepReturnTimes(provider, next, false);
    put(provider, next);
  }

  const mayStillCome = ({ seen, at }: Known) => !seen && now() - at <= SETTLING_MS;

  return {
    expect(expected) {
      const { provider } = expected;
      const edit = { ...expected, at: now(), seen: false };
      const next = [...of(provider), edit];
      const mustBeKept = expected.back !== null;
      if (!keepReturnTimes(provider, next, mustBeKept) && mustBeKept) return null;
      put(provider, next);
      return () => drop(provider, (other) => other !== edit);
    },
    cancelNext(provider) {
      const next = of(provider).map((edit) => ({ ...edit, back: edit.back && { ...edit.back, next: null } }));
      keepReturnTimes(provider, next, false);
      put(provider, next);
    },
    rename(names) {
      for (const [provider, known] of edits)
        put(
          provider,
          known.map((edit) => ({ ...edit, by: withNameOf(edit.by, names) })),
        );
    },
    attribute(provider, presence) {
      const known = of(provider);
      const place = known.findLastIndex((edit) => samePresence(edit.presence, presence));
      const edit = known[place];
      if (edit === undefined) {
        // Somebody else has moved on: the same presence, told again later, is no longer an edit's.
        drop(provider, mayStillCome);
        return null;
      }
      edit.seen = true;
      drop(provider, (other, at) => at === place || (at > place && mayStillCome(other)));
      const { by, at, back } = edit;
      return { by, at, back };
    },
  };
}
