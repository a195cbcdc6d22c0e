import {
  type Failure,
  type Presence,
  type SetPresenceReply,
  checkPresence,
  isSettableState,
  samePresence,
} from '@lampboard/protocol';

/** The answer to a save that did not go through as it was meant. */
type Refused = Extract<SetPresenceReply, { ok: false }>;

/** What a save that goes through will have been. */
export type Way = 'saved' | 'undone' | 'redone';

/** What somebody has typed and Asterisk has not got yet. */
export interface Draft {
  /** What Asterisk held when the editing began: the command carries it, so that nobody else's change is lost. */
  readonly base: Presence;
  readonly mine: Presence;
  readonly way: Way;
  /** What is on its way to Asterisk. */
  readonly sent: Presence | null;
  readonly failure: Refused | null;
  /** What Asterisk holds by a refusal's word, until the board says so too. */
  readonly reported: Presence | null;
}

export interface DraftView {
  readonly form: Presence;
  readonly dirty: boolean;
  readonly saving: boolean;
  /** The presence that somebody else has set meanwhile. */
  readonly theirs: Presence | null;
  readonly failure: Refused | null;
}

/** What the editor shows for a draft, if there is one, beside what Asterisk holds `now`. */
export function viewOf(draft: Draft | undefined, now: Presence): DraftView {
  if (draft === undefined) return { form: now, dirty: false, saving: false, theirs: null, failure: null };
  const { base, mine, sent, failure, reported } = draft;
  if (sent !== null) return { form: mine, dirty: true, saving: true, theirs: null, failure: null };
  if (isSettled(draft, now)) return { form: now, dirty: false, saving: false, theirs: null, failure: null };
  const theirs = samePresence(base, now) ? reported : now;
  return { form: mine, dirty: true, saving: false, theirs, failure };
}

/** The draft after a change in the form; null when it says again what it began with. */
export function edit(draft: Draft | undefined, now: Presence, patch: Partial<Presence>): Draft | null {
  const start: Draft =
    draft === undefined || !viewOf(draft, now).dirty
      ? { base: now, mine: now, way: 'saved', sent: null, failure: null, reported: null }
      : draft;
  const mine = { ...start.mine, ...patch };
  if (samePresence(mine, start.base) && start.sent === null) return null;
  return { ...start, mine, way: 'saved', failure: null };
}

/** Mine is to replace theirs: from here on, theirs is what was known before. */
export function rebase(draft: Draft, theirs: Presence): Draft {
  return { ...draft, base: theirs, reported: null, failure: null };
}

export function send(draft: Draft): Draft {
  return { ...draft, sent: draft.mine, failure: null, reported: null };
}

/** The draft after the answer; null when nothing is left to save. What was typed meanwhile stays. */
export function answered(draft: Draft, reply: SetPresenceReply): Draft | null {
  if (reply.ok) {
    if (draft.sent === null || samePresence(draft.mine, draft.sent)) return null;
    return { ...draft, base: reply.presence, sent: null, failure: null, reported: null };
  }
  return { ...draft, sent: null, failure: reply, reported: 'current' in reply ? reply.current : null };
}

/** Whether Asterisk holds by now what the draft says: there is nothing left to save, and it must not come back later. */
export function isSettled({ mine, sent }: Draft, now: Presence): boolean {
  return sent === null && samePresence(mine, now);
}

/** Why this form can't be saved as it stands; null when it can. */
export type Hindrance =
  | { readonly kind: 'unchanged' | 'saving' | 'conflict' | 'no-state' }
  | { readonly kind: 'refused'; readonly failure: Failure };

export function hindranceOf({ form, dirty, saving, theirs }: DraftView): Hindrance | null {
  if (saving) return { kind: 'saving' };
  if (!dirty) return { kind: 'unchanged' };
  if (theirs !== null) return { kind: 'conflict' };
  return refusalOf(form);
}

/** What Asterisk would not take, told before it is asked. */
export function refusalOf(form: Presence): Hindrance | null {
  if (!isSettableState(form.state)) return { kind: 'no-state' };
  const checked = checkPresence(form);
  return checked.ok ? null : { kind: 'refused', failure: checked };
}
