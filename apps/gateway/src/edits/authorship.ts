import type { Attribute } from '@lampboard/board';
import { type Presence, samePresence } from '@lampboard/protocol';
import type { LastEdit } from './journal.ts';

/** Milliseconds in which Asterisk's events may still tell of what was there before an edit. */
const SETTLING_MS = 5000;

/** Knows which presences were set through Lampboard; whatever else Asterisk tells was set on a telephone. */
export interface Authorship {
  /** This is about to be written to Asterisk; what it returns is called where it was not. */
  expect(provider: string, presence: Presence, by: string): () => void;
  readonly attribute: Attribute;
}

export function createAuthorship({
  last,
  now,
}: {
  /** What was set before this start, and may still stand in Asterisk. */
  last: readonly LastEdit[];
  /** Milliseconds since 1970. */
  now: () => number;
}): Authorship {
  /** `seen`: Asterisk has told of it since. */
  const edits = new Map(last.map((edit) => [edit.provider, { ...edit, seen: true }]));
  return {
    expect(provider, presence, by) {
      const before = edits.get(provider);
      edits.set(provider, { provider, presence, by, at: now(), seen: false });
      return () => {
        if (before === undefined) edits.delete(provider);
        else edits.set(provider, before);
      };
    },
    attribute(provider, presence) {
      const edit = edits.get(provider);
      if (edit === undefined) return null;
      if (samePresence(edit.presence, presence)) {
        edit.seen = true;
        return { by: { kind: 'account', name: edit.by }, at: edit.at };
      }
      // Somebody else has moved on: the same presence, told again later, is no longer this edit's.
      if (edit.seen || now() - edit.at > SETTLING_MS) edits.delete(provider);
      return null;
    },
  };
}
