import { withState } from '../presence/presence-value.ts';
import {
  type Failure,
  type Presence,
  type SetPresenceReply,
  validatePresence,
  isSettableState,
  sameReturnTime,
  samePresence,
} from '@lampboard/protocol';
import { type PresenceValue, samePresenceValue } from '../presence/current-presence.ts';

/** The answer to a save that did not go through as it was meant. */
type SetPresenceFailure = Extract<SetPresenceReply, { ok: false }>;

/** What a save that goes through will have been. */
export type EditKind = 'saved' | 'undone' | 'redone';

/** A command on its way: `said` is to stand in place of `base`. */
interface InFlight {
  readonly value: PresenceValue;
  readonly base: PresenceValue;
  readonly kind: EditKind;
}

/** What somebody has typed and Asterisk has not got yet. */
export interface Draft {
  /** What Asterisk held when the editing began: the command carries it, so that nobody else's change is lost. */
  readonly base: PresenceValue;
  readonly local: PresenceValue;
  /** What was typed as a return time, and is none; null where there is no such thing. */
  readonly invalidTime: string | null;
  readonly kind: EditKind;
  /** What is on its way to Asterisk. */
  readonly inFlight: InFlight | null;
  readonly failure: SetPresenceFailure | null;
  /** What Asterisk holds by a refusal's word, until the board says so too. */
  readonly reported: Presence | null;
}

export interface DraftView {
  readonly form: PresenceValue;
  readonly invalidTime: string | null;
  readonly dirty: boolean;
  readonly saving: boolean;
  /** What somebody else has set meanwhile. */
  readonly remote: PresenceValue | null;
  readonly failure: SetPresenceFailure | null;
}

/** What the editor shows for a draft, if there is one, beside what Asterisk holds `now`. */
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

/** What is changed in the form; a return time takes the place of what was typed as one. */
export type Patch = Partial<PresenceValue> | { readonly invalidTime: string };

/** The draft after a change in the form; null when it says again what it began with. */
export function edit(draft: Draft | undefined, current: PresenceValue, patch: Patch): Draft | null {
  const start = draft === undefined || !toView(draft, current).dirty ? startDraft(current, current) : draft;
  const changes: Partial<PresenceValue> = 'invalidTime' in patch ? {} : patch;
  const typed = 'invalidTime' in patch ? patch.invalidTime : 'returnTime' in patch ? null : start.invalidTime;
  const local = clearReturnTimeWhenAvailable({ ...withStateDefaults(start, changes), ...changes });
  const invalidTime = local.state === 'available' ? null : typed;
  if (samePresenceValue(local, start.base) && invalidTime === null && start.inFlight === null) return null;
  return { ...start, local, invalidTime, kind: 'saved', failure: null };
}

/** A draft that says `mine` in place of what Asterisk holds. */
export function startDraft(current: PresenceValue, local: PresenceValue, kind: EditKind = 'saved'): Draft {
  return { base: current, local, invalidTime: null, kind, inFlight: null, failure: null, reported: null };
}

/** Another state brings its own texts and return time, each as long as nobody has typed another. */
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

/** Who is available is back, whatever time was typed. */
function clearReturnTimeWhenAvailable(value: PresenceValue): PresenceValue {
  return value.state === 'available' ? { ...value, returnTime: null } : value;
}

/** Somebody has changed nothing but the return time: where none was typed, the form follows. */
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

/** Mine is to replace theirs: from here on, theirs is what was known before. */
export function rebase(draft: Draft, remote: PresenceValue): Draft {
  return { ...draft, base: remote, reported: null, failure: null };
}

export function send(
  draft: Draft,
  inFlight: InFlight = { value: draft.local, base: draft.base, kind: draft.kind },
): Draft {
  return { ...draft, inFlight, failure: null, reported: null };
}

/** The draft after the answer; null when nothing is left to save. What was typed meanwhile stays. */
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

/** Whether Asterisk holds by now what the draft says: there is nothing left to save, and it must not come back later. */
export function isReconciled({ local, invalidTime, inFlight }: Draft, current: PresenceValue): boolean {
  return inFlight === null && invalidTime === null && samePresenceValue(local, current);
}

/** Why this form can't be saved as it stands; null when it can. */
export type SaveBlocker =
  | { readonly kind: 'unchanged' | 'saving' | 'conflict' | 'no-state' | 'invalid-return-time' }
  | { readonly kind: 'invalid'; readonly failure: Failure };

export function findSaveBlocker({ form, invalidTime, dirty, saving, remote }: DraftView): SaveBlocker | null {
  if (saving) return { kind: 'saving' };
  if (!dirty) return { kind: 'unchanged' };
  if (remote !== null) return { kind: 'conflict' };
  return validateDraft({ form, invalidTime });
}

/** What Asterisk would not take, told before it is asked. */
export function validateDraft({
  form,
  invalidTime,
}: Pick<DraftView, 'form' | 'invalidTime'>): SaveBlocker | null {
  if (invalidTime !== null) return { kind: 'invalid-return-time' };
  if (!isSettableState(form.state)) return { kind: 'no-state' };
  const checked = validatePresence(form);
  return checked.ok ? null : { kind: 'invalid', failure: checked };
}
