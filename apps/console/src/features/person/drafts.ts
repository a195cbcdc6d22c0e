import { saidAgain } from '@lampboard/board';
import type { SetPresenceReply } from '@lampboard/protocol';
import { type StoreApi, createStore } from 'zustand/vanilla';
import { type Change, type Changes, NO_CHANGES, withChange } from './changes.ts';
import {
  type Draft,
  type Patch,
  type Way,
  answered,
  begin,
  edit,
  follow,
  isSettled,
  rebase,
  send,
  viewOf,
} from './draft.ts';
import { type Said, sameSaid } from './said.ts';

/** What was done last, as long as it can be taken back: by sending `before` on top of `after`, or by typing `mine` again. */
export type Done =
  | { readonly kind: Way | 'earlier'; readonly before: Said; readonly after: Said }
  | { readonly kind: 'reverted'; readonly mine: Said };

/** What holds for an extension, as far as the board knows. */
export type NowOf = (id: string) => Said | null;

export interface DraftsState extends Changes {
  /** By extension. They outlive the panel, a look at somebody else, and the link. */
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly done: ReadonlyMap<string, Done>;
}

export interface Drafts {
  readonly store: Pick<StoreApi<DraftsState>, 'getState' | 'getInitialState' | 'subscribe'>;
  edit: (id: string, now: Said, patch: Patch) => void;
  /** What was typed is given up, until `takeBack`. */
  revert: (id: string) => void;
  rebase: (id: string, theirs: Said) => void;
  /**
   * Takes back what was done last, and marks it as on its way where it is to be sent; what was typed stays. `time` is the
   * gateway's, in milliseconds since 1970.
   */
  takeBack: (id: string, now: Said, time: number) => Draft | undefined;
  /** An edit made before this page was opened can be taken back, unless there is something later to take back. */
  remember: (id: string, earlier: Done) => void;
  /** Lets go of everything: it was somebody else's. */
  clear: () => void;
  /** Marks the draft as on its way, and answers it; undefined when there is none. */
  send: (id: string) => Draft | undefined;
  /** Marks `wanted` as on its way in place of `now`; what was typed stays. Undefined while something else is. */
  sendAtOnce: (id: string, now: Said, wanted: Said, way?: Way) => Draft | undefined;
  answered: (id: string, reply: SetPresenceReply) => void;
  /** Lets go of a change that can be neither undone nor redone any more. */
  forget: (change: Change) => void;
  /** Lets go of drafts that Asterisk agrees with, and of undo where somebody has moved on; `nowOf` is what it holds. */
  settle: (nowOf: NowOf) => void;
  /** Whether anything typed would be lost if the page went away. */
  anyDirty: (nowOf: NowOf) => boolean;
}

/** How many changes are on their way. */
export function countSent({ drafts }: Pick<DraftsState, 'drafts'>): number {
  return [...drafts.values()].filter(({ sent }) => sent !== null).length;
}

function withEntry<T>(map: ReadonlyMap<string, T>, id: string, value: T | null): ReadonlyMap<string, T> {
  const next = new Map(map);
  if (value === null) next.delete(id);
  else next.set(id, value);
  return next;
}

export function createDrafts(): Drafts {
  const store = createStore<DraftsState>(() => ({ drafts: new Map(), done: new Map(), ...NO_CHANGES }));
  const draftOf = (id: string) => store.getState().drafts.get(id);
  const put = (id: string, draft: Draft | null) =>
    store.setState(({ drafts }) => ({ drafts: withEntry(drafts, id, draft) }));
  const putDone = (id: string, done: Done | null) =>
    store.setState((state) => ({ done: withEntry(state.done, id, done) }));
  const change = (id: string, now: Said, patch: Patch) => {
    if (store.getState().done.get(id)?.kind === 'reverted') putDone(id, null);
    put(id, edit(draftOf(id), now, patch));
  };
  const sendAtOnce: Drafts['sendAtOnce'] = (id, base, said, way = 'saved') => {
    const draft = draftOf(id);
    if (draft !== undefined && draft.sent !== null) return undefined;
    const sending = send(draft ?? begin(base, said, way), { said, base, way });
    put(id, sending);
    return sending;
  };

  return {
    store,
    edit: change,
    revert: (id) => {
      const draft = draftOf(id);
      if (draft === undefined) return;
      put(id, null);
      putDone(id, { kind: 'reverted', mine: draft.mine });
    },
    rebase: (id, theirs) => {
      const draft = draftOf(id);
      if (draft !== undefined) put(id, rebase(draft, theirs));
    },
    takeBack: (id, now, time) => {
      const done = store.getState().done.get(id);
      if (done === undefined) return undefined;
      if (done.kind === 'reverted') {
        change(id, now, done.mine);
        return undefined;
      }
      const { before, after } = done;
      return sendAtOnce(id, after, saidAgain(before, time), done.kind === 'undone' ? 'redone' : 'undone');
    },
    remember: (id, earlier) => {
      if (!store.getState().done.has(id) && draftOf(id) === undefined) putDone(id, earlier);
    },
    clear: () => store.setState({ drafts: new Map(), done: new Map(), ...NO_CHANGES }),
    send: (id) => {
      const draft = draftOf(id);
      if (draft === undefined) return undefined;
      const sending = send(draft);
      put(id, sending);
      return sending;
    },
    sendAtOnce,
    answered: (id, reply) => {
      const draft = draftOf(id);
      if (draft === undefined) return;
      store.setState((state) => {
        const drafts = withEntry(state.drafts, id, answered(draft, reply));
        if (!reply.ok || draft.sent === null) return { drafts };
        const { base: before, said, way } = draft.sent;
        const after = { ...reply.presence, back: said.back };
        const done = withEntry(state.done, id, { kind: way, before, after });
        return { drafts, done, ...withChange(state, way, { id, before, after }) };
      });
    },
    forget: (change) =>
      store.setState(({ undo, redo }) => ({
        undo: undo.filter((other) => other !== change),
        redo: redo.filter((other) => other !== change),
      })),
    settle: (nowOf) => {
      const { drafts, done } = store.getState();
      for (const [id, draft] of drafts) {
        const now = nowOf(id);
        if (now === null) continue;
        const followed = follow(draft, now);
        if (isSettled(followed, now)) put(id, null);
        else if (followed !== draft) put(id, followed);
      }
      for (const [id, last] of done) {
        if (last.kind !== 'reverted' && !sameSaid(nowOf(id), last.after)) putDone(id, null);
      }
    },
    anyDirty: (nowOf) =>
      [...store.getState().drafts].some(([id, draft]) => {
        const now = nowOf(id);
        return now === null || viewOf(draft, now).dirty;
      }),
  };
}
