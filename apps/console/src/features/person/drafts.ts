import { type Presence, type SetPresenceReply, samePresence } from '@lampboard/protocol';
import { type StoreApi, createStore } from 'zustand/vanilla';
import { type Draft, answered, edit, isSettled, rebase, send, viewOf } from './draft.ts';

/** One save that went through: undo sends `before` again, on top of `after`. */
export interface Saved {
  readonly before: Presence;
  readonly after: Presence;
}

/** What Asterisk holds for an extension, as far as the board knows. */
export type NowOf = (id: string) => Presence | null | undefined;

interface DraftsState {
  /** By extension. They outlive the panel, a look at somebody else, and the link. */
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly saved: ReadonlyMap<string, Saved>;
}

export interface Drafts {
  readonly store: Pick<StoreApi<DraftsState>, 'getState' | 'getInitialState' | 'subscribe'>;
  edit: (id: string, now: Presence, patch: Partial<Presence>) => void;
  /** What was typed is given up. */
  revert: (id: string) => void;
  rebase: (id: string, theirs: Presence) => void;
  /** Puts a draft in place that goes back to what was before the last save. */
  undo: (id: string) => void;
  /** Marks the draft as on its way, and answers it; undefined when there is none. */
  send: (id: string) => Draft | undefined;
  answered: (id: string, reply: SetPresenceReply) => void;
  /** Lets go of drafts that Asterisk agrees with, and of undo where somebody has moved on; `nowOf` is what it holds. */
  settle: (nowOf: NowOf) => void;
  /** Whether anything typed would be lost if the page went away. */
  anyDirty: (nowOf: NowOf) => boolean;
}

function withEntry<T>(map: ReadonlyMap<string, T>, id: string, value: T | null): ReadonlyMap<string, T> {
  const next = new Map(map);
  if (value === null) next.delete(id);
  else next.set(id, value);
  return next;
}

export function createDrafts(): Drafts {
  const store = createStore<DraftsState>(() => ({ drafts: new Map(), saved: new Map() }));
  const draftOf = (id: string) => store.getState().drafts.get(id);
  const put = (id: string, draft: Draft | null) =>
    store.setState(({ drafts }) => ({ drafts: withEntry(drafts, id, draft) }));
  const putSaved = (id: string, saved: Saved | null) =>
    store.setState((state) => ({ saved: withEntry(state.saved, id, saved) }));

  return {
    store,
    edit: (id, now, patch) => {
      putSaved(id, null);
      put(id, edit(draftOf(id), now, patch));
    },
    revert: (id) => put(id, null),
    rebase: (id, theirs) => {
      const draft = draftOf(id);
      if (draft !== undefined) put(id, rebase(draft, theirs));
    },
    undo: (id) => {
      const saved = store.getState().saved.get(id);
      if (saved === undefined) return;
      put(id, { base: saved.after, mine: saved.before, sent: null, failure: null, reported: null });
    },
    send: (id) => {
      const draft = draftOf(id);
      if (draft === undefined) return undefined;
      const sending = send(draft);
      put(id, sending);
      return sending;
    },
    answered: (id, reply) => {
      const draft = draftOf(id);
      if (draft === undefined) return;
      put(id, answered(draft, reply));
      if (reply.ok) putSaved(id, { before: draft.base, after: reply.presence });
    },
    settle: (nowOf) => {
      const { drafts, saved } = store.getState();
      for (const [id, draft] of drafts) {
        const now = nowOf(id);
        if (now && isSettled(draft, now)) put(id, null);
      }
      for (const [id, { after }] of saved) {
        if (!samePresence(nowOf(id) ?? null, after)) putSaved(id, null);
      }
    },
    anyDirty: (nowOf) =>
      [...store.getState().drafts].some(([id, draft]) => {
        const now = nowOf(id);
        return now === null || now === undefined || viewOf(draft, now).dirty;
      }),
  };
}
