import {
  type EditKind,
  type Draft,
  type Patch,
  applyReply,
  startDraft,
  edit,
  followReturnTime,
  isReconciled,
  rebase,
  send,
  toView,
} from './draft.ts';
import { type PresenceValue, samePresenceValue, reusablePresence } from '../presence/presence-value.ts';
import { type Aliases, NO_ALIASES, resolveId } from '@lampboard/model';
import type { SetPresenceReply } from '@lampboard/protocol';
import { type StoreApi, createStore } from 'zustand/vanilla';

export interface UndoEntry {
  readonly id: string;
  /** When it was saved, in milliseconds since 1970 by the browser's clock. */
  readonly savedAt: number;
  readonly before: PresenceValue;
  readonly after: PresenceValue;
}

/** Changes of this session, the latest last. */
export interface UndoHistory {
  readonly undo: readonly UndoEntry[];
  readonly redo: readonly UndoEntry[];
}

const EMPTY_UNDO_HISTORY: UndoHistory = { undo: [], redo: [] };

const MAX_UNDO_ENTRIES = 10;

const append = (entries: readonly UndoEntry[], entry: UndoEntry) =>
  [...entries, entry].slice(-MAX_UNDO_ENTRIES);

function withoutLatest(entries: readonly UndoEntry[], id: string): readonly UndoEntry[] {
  const latest = entries.findLast((entry) => entry.id === id);
  return entries.filter((entry) => entry !== latest);
}

/** Appends a change; a new one clears redo. */
function recordEntry({ undo, redo }: UndoHistory, kind: EditKind, entry: UndoEntry): UndoHistory {
  const { id, savedAt, before, after } = entry;
  if (kind === 'saved') return { undo: append(undo, entry), redo: [] };
  if (kind === 'redone') return { undo: append(undo, entry), redo: withoutLatest(redo, id) };
  return { undo: withoutLatest(undo, id), redo: append(redo, { id, savedAt, before: after, after: before }) };
}

/** The last action that can be undone: by sending `before` based on `after`, or by restoring `local`. */
export type LastAction =
  | { readonly kind: EditKind | 'earlier'; readonly before: PresenceValue; readonly after: PresenceValue }
  | { readonly kind: 'reverted'; readonly local: PresenceValue };

export type CurrentValueOf = (id: string) => PresenceValue | null;

interface DraftsState extends UndoHistory {
  /** By extension. They are kept when the panel closes and while disconnected. */
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly lastActions: ReadonlyMap<string, LastAction>;
}

export interface Drafts {
  readonly store: Pick<StoreApi<DraftsState>, 'getState' | 'getInitialState' | 'subscribe'>;
  edit: (id: string, current: PresenceValue, patch: Patch) => void;
  /** Discards the draft; `undo` restores it. */
  revert: (id: string) => void;
  rebase: (id: string, remote: PresenceValue) => void;
  /** Undoes the last action, and returns the draft to send, if any. `timestamp`: the gateway's clock, in ms since 1970. */
  undo: (id: string, current: PresenceValue, timestamp: number) => Draft | undefined;
  /** Makes a change from before this page load undoable, unless there is a later action. */
  seedUndo: (id: string, candidate: LastAction) => void;
  /** Keeps what belongs to a further number of an entry for the entry. */
  setAliases: (aliases: Aliases) => void;
  clear: () => void;
  /** Marks the draft as in flight and returns it; undefined without a draft. */
  send: (id: string) => Draft | undefined;
  /** Marks `value` as in flight, keeping edits; undefined while another is in flight. */
  sendValue: (id: string, current: PresenceValue, value: PresenceValue, kind?: EditKind) => Draft | undefined;
  applyReply: (id: string, reply: SetPresenceReply) => void;
  /** Removes a change that can no longer be undone or redone. */
  discardEntry: (entry: UndoEntry) => void;
  /** Drops drafts that equal Asterisk's value, and last actions that are outdated. */
  reconcile: (currentValueOf: CurrentValueOf) => void;
  hasDirtyDrafts: (currentValueOf: CurrentValueOf) => boolean;
}

export const countInFlight = ({ drafts }: Pick<DraftsState, 'drafts'>): number =>
  [...drafts.values()].filter(({ inFlight }) => inFlight !== null).length;

function withEntry<T>(map: ReadonlyMap<string, T>, id: string, value: T | null): ReadonlyMap<string, T> {
  const next = new Map(map);
  if (value === null) next.delete(id);
  else next.set(id, value);
  return next;
}

/** Returns values by the ids of entries; what was there by the id itself stays. */
function byEntryId<T>(map: ReadonlyMap<string, T>, aliases: Aliases): ReadonlyMap<string, T> {
  const moved = [...map.keys()].filter((id) => aliases.has(id));
  if (moved.length === 0) return map;
  const entries = [...map].toSorted(([a], [b]) => Number(aliases.has(b)) - Number(aliases.has(a)));
  return new Map(entries.map(([id, value]) => [resolveId(aliases, id), value]));
}

/** `now`: the browser's clock, in milliseconds since 1970. */
export function createDrafts({ now = Date.now }: { now?: () => number } = {}): Drafts {
  const store = createStore<DraftsState>(() => ({
    drafts: new Map(),
    lastActions: new Map(),
    ...EMPTY_UNDO_HISTORY,
  }));
  let aliases = NO_ALIASES;
  const draftOf = (id: string) => store.getState().drafts.get(id);
  const setDraft = (id: string, draft: Draft | null) =>
    store.setState(({ drafts }) => ({ drafts: withEntry(drafts, id, draft) }));
  const setLastAction = (id: string, lastAction: LastAction | null) =>
    store.setState((state) => ({ lastActions: withEntry(state.lastActions, id, lastAction) }));
  const applyPatch = (id: string, current: PresenceValue, patch: Patch) => {
    if (store.getState().lastActions.get(id)?.kind === 'reverted') setLastAction(id, null);
    setDraft(id, edit(draftOf(id), current, patch));
  };
  const sendValue: Drafts['sendValue'] = (id, base, value, kind = 'saved') => {
    const draft = draftOf(id);
    if (draft !== undefined && draft.inFlight !== null) return undefined;
    const sending = send(draft ?? startDraft(base, value, kind), { value, base, kind });
    setDraft(id, sending);
    return sending;
  };

  return {
    store,
    edit: applyPatch,
    revert: (id) => {
      const draft = draftOf(id);
      if (draft === undefined) return;
      setDraft(id, null);
      setLastAction(id, { kind: 'reverted', local: draft.local });
    },
    rebase: (id, remote) => {
      const draft = draftOf(id);
      if (draft !== undefined) setDraft(id, rebase(draft, remote));
    },
    undo: (id, current, timestamp) => {
      const lastAction = store.getState().lastActions.get(id);
      if (lastAction === undefined) return undefined;
      if (lastAction.kind === 'reverted') {
        applyPatch(id, current, lastAction.local);
        return undefined;
      }
      const { before, after } = lastAction;
      return sendValue(
        id,
        after,
        reusablePresence(before, timestamp),
        lastAction.kind === 'undone' ? 'redone' : 'undone',
      );
    },
    seedUndo: (id, candidate) => {
      if (!store.getState().lastActions.has(id) && draftOf(id) === undefined) setLastAction(id, candidate);
    },
    setAliases: (next) => {
      aliases = next;
      const { drafts, lastActions, undo, redo } = store.getState();
      const withEntryId = (entry: UndoEntry) =>
        aliases.has(entry.id) ? { ...entry, id: resolveId(aliases, entry.id) } : entry;
      store.setState({
        drafts: byEntryId(drafts, aliases),
        lastActions: byEntryId(lastActions, aliases),
        undo: undo.map(withEntryId),
        redo: redo.map(withEntryId),
      });
    },
    clear: () => store.setState({ drafts: new Map(), lastActions: new Map(), ...EMPTY_UNDO_HISTORY }),
    send: (id) => {
      const draft = draftOf(id);
      if (draft === undefined) return undefined;
      const sending = send(draft);
      setDraft(id, sending);
      return sending;
    },
    sendValue,
    applyReply: (sentId, reply) => {
      const id = resolveId(aliases, sentId);
      const draft = draftOf(id);
      if (draft === undefined) return;
      store.setState((state) => {
        const drafts = withEntry(state.drafts, id, applyReply(draft, reply));
        if (!reply.ok || draft.inFlight === null) return { drafts };
        const { base: before, value, kind } = draft.inFlight;
        const after = { ...reply.presence, returnTime: value.returnTime };
        const lastActions = withEntry(state.lastActions, id, { kind, before, after });
        return { drafts, lastActions, ...recordEntry(state, kind, { id, savedAt: now(), before, after }) };
      });
    },
    discardEntry: (entry) =>
      store.setState(({ undo, redo }) => ({
        undo: undo.filter((other) => other !== entry),
        redo: redo.filter((other) => other !== entry),
      })),
    reconcile: (currentValueOf) => {
      const { drafts, lastActions } = store.getState();
      for (const [id, draft] of drafts) {
        const current = currentValueOf(id);
        if (current === null) continue;
        const followed = followReturnTime(draft, current);
        if (isReconciled(followed, current)) setDraft(id, null);
        else if (followed !== draft) setDraft(id, followed);
      }
      for (const [id, last] of lastActions) {
        if (last.kind !== 'reverted' && !samePresenceValue(currentValueOf(id), last.after))
          setLastAction(id, null);
      }
    },
    hasDirtyDrafts: (currentValueOf) =>
      [...store.getState().drafts].some(([id, draft]) => {
        const current = currentValueOf(id);
        return current === null || toView(draft, current).dirty;
      }),
  };
}
