import { type PresenceValue, withState, samePresenceValue } from '../presence/presence-value.ts';
import {
  type Failure,
  type Presence,
  type SetPresenceReply,
  validatePresence,
  isSettableState,
  sameReturnTime,
  samePresence,
} from '@lampboard/protocol';

type SetPresenceFailure = Extract<SetPresenceReply, { ok: false }>;

export type EditKind = 'saved' | 'undone' | 'redone';

/** A pending command that replaces `base` by `value`. */
interface InFlight {
  readonly value: PresenceValue;
  readonly base: PresenceValue;
  readonly kind: EditKind;
}

export interface Draft {
  /** Asterisk's value when editing began; sent with the command to detect conflicts. */
  readonly base: PresenceValue;
  readonly local: PresenceValue;
  /** A return time that cannot be parsed; null without one. */
  readonly invalidTime: string | null;
  readonly kind: EditKind;
  readonly inFlight: InFlight | null;
  readonly failure: SetPresenceFailure | null;
  /** Asterisk's value as reported by a conflict, until the board is updated. */
  readonly reported: Presence | null;
}

export interface DraftView {
  readonly form: PresenceValue;
  readonly invalidTime: string | null;
  readonly dirty: boolean;
  readonly saving: boolean;
  /** A conflicting value set by someone else. */
  readonly remote: PresenceValue | null;
  readonly failure: SetPresenceFailure | null;
}

/** Returns the editor's view of a draft, if any, and Asterisk's current value. */
export function toView(draft: Draft | undefined, current: PresenceValue): DraftView {
  const clean = {
    form: current,
    invalidTime: null,
    dirty: false,
    saving: false,
    remote: null,
    failure: null,
  };
  if (draft === undefined || isReconciled(draft, current)) return clean;
  const { base, local: form, invalidTime, inFlight, failure, reported } = draft;
  if (inFlight !== null) return { form, invalidTime, dirty: true, saving: true, remote: null, failure: null };
  const reportedValue = reported === null ? null : { ...reported, returnTime: null };
  const remote = samePresence(base, current) ? reportedValue : current;
  return { form, invalidTime, dirty: true, saving: false, remote, failure };
}

/** A change in the form; `returnTime` replaces an invalid one. */
export type Patch = Partial<PresenceValue> | { readonly invalidTime: string };

/** Returns the draft after a change; null where nothing differs any more. */
export function edit(draft: Draft | undefined, current: PresenceValue, patch: Patch): Draft | null {
  const start = draft === undefined || !toView(draft, current).dirty ? startDraft(current, current) : draft;
  const changes: Partial<PresenceValue> = 'invalidTime' in patch ? {} : patch;
  const typed = 'invalidTime' in patch ? patch.invalidTime : 'returnTime' in patch ? null : start.invalidTime;
  const local = clearReturnTimeWhenAvailable({ ...withStateDefaults(start, changes), ...changes });
  const invalidTime = local.state === 'available' ? null : typed;
  if (samePresenceValue(local, start.base) && invalidTime === null && start.inFlight === null) return null;
  return { ...start, local, invalidTime, kind: 'saved', failure: null };
}

/** Returns a draft that replaces the current value by `local`. */
export const startDraft = (
  current: PresenceValue,
  local: PresenceValue,
  kind: EditKind = 'saved',
): Draft => ({
  base: current,
  local,
  invalidTime: null,
  kind,
  inFlight: null,
  failure: null,
  reported: null,
});

/** Applies the texts and return time that come with a new state, except those that were edited. */
function withStateDefaults(
  { base, local }: Draft,
  { state = local.state }: Partial<PresenceValue>,
): PresenceValue {
  const [defaults, nextDefaults] = [withState(local.state, base), withState(state, base)];
  return {
    state,
    subtype: local.subtype === defaults.subtype ? nextDefaults.subtype : local.subtype,
    message: local.message === defaults.message ? nextDefaults.message : local.message,
    returnTime: sameReturnTime(local.returnTime, defaults.returnTime)
      ? nextDefaults.returnTime
      : local.returnTime,
  };
}

const clearReturnTimeWhenAvailable = (value: PresenceValue): PresenceValue =>
  value.state === 'available' ? { ...value, returnTime: null } : value;

/** Follows a remote change of the return time alone, unless one was typed. */
export function followReturnTime(draft: Draft, current: PresenceValue): Draft {
  const { base, local } = draft;
  if (
    draft.inFlight !== null ||
    !samePresence(base, current) ||
    sameReturnTime(base.returnTime, current.returnTime)
  )
    return draft;
  const typed = !sameReturnTime(local.returnTime, withState(local.state, base).returnTime);
  return {
    ...draft,
    base: current,
    local: typed ? local : { ...local, returnTime: withState(local.state, current).returnTime },
  };
}

/** Returns the draft based on the conflicting value, which it replaces. */
export const rebase = (draft: Draft, remote: PresenceValue): Draft => ({
  ...draft,
  base: remote,
  reported: null,
  failure: null,
});

export function send(
  draft: Draft,
  inFlight: InFlight = { value: draft.local, base: draft.base, kind: draft.kind },
): Draft {
  return { ...draft, inFlight, failure: null, reported: null };
}

/** Returns the draft after a reply; null where nothing is left to save. Edits during the save are kept. */
export function applyReply(draft: Draft, reply: SetPresenceReply): Draft | null {
  if (reply.ok) {
    if (
      draft.inFlight === null ||
      (draft.invalidTime === null && samePresenceValue(draft.local, draft.inFlight.value))
    )
      return null;
    const base = { ...reply.presence, returnTime: draft.inFlight.value.returnTime };
    return { ...draft, base, kind: 'saved', inFlight: null, failure: null, reported: null };
  }
  return { ...draft, inFlight: null, failure: reply, reported: 'current' in reply ? reply.current : null };
}

/** True if Asterisk has the draft's value: the draft is then dropped, and must not come back. */
export const isReconciled = ({ local, invalidTime, inFlight }: Draft, current: PresenceValue): boolean =>
  inFlight === null && invalidTime === null && samePresenceValue(local, current);

export type SaveBlocker =
  | { readonly kind: 'unchanged' | 'saving' | 'conflict' | 'no-state' | 'invalid-return-time' }
  | { readonly kind: 'invalid'; readonly failure: Failure };

export function findSaveBlocker({ form, invalidTime, dirty, saving, remote }: DraftView): SaveBlocker | null {
  if (saving) return { kind: 'saving' };
  if (!dirty) return { kind: 'unchanged' };
  if (remote !== null) return { kind: 'conflict' };
  return validateDraft({ form, invalidTime });
}

export function validateDraft({
  form,
  invalidTime,
}: Pick<DraftView, 'form' | 'invalidTime'>): SaveBlocker | null {
  if (invalidTime !== null) return { kind: 'invalid-return-time' };
  if (!isSettableState(form.state)) return { kind: 'no-state' };
  const checked = validatePresence(form);
  return checked.ok ? null : { kind: 'invalid', failure: checked };
}
