import { withState } from '@lampboard/board';
import {
  type Failure,
  type Presence,
  type SetPresenceReply,
  checkPresence,
  isSettableState,
  sameBack,
  samePresence,
} from '@lampboard/protocol';
import { type Said, sameSaid } from './said.ts';

/** The answer to a save that did not go through as it was meant. */
type Refused = Extract<SetPresenceReply, { ok: false }>;

/** What a save that goes through will have been. */
export type Way = 'saved' | 'undone' | 'redone';

/** A command on its way: `said` is to stand in place of `base`. */
interface Sent {
  readonly said: Said;
  readonly base: Said;
  readonly way: Way;
}

/** What somebody has typed and Asterisk has not got yet. */
export interface Draft {
  /** What Asterisk held when the editing began: the command carries it, so that nobody else's change is lost. */
  readonly base: Said;
  readonly mine: Said;
  /** What was typed as a return time, and is none; null where there is no such thing. */
  readonly unread: string | null;
  readonly way: Way;
  /** What is on its way to Asterisk. */
  readonly sent: Sent | null;
  readonly failure: Refused | null;
  /** What Asterisk holds by a refusal's word, until the board says so too. */
  readonly reported: Presence | null;
}

export interface DraftView {
  readonly form: Said;
  readonly unread: string | null;
  readonly dirty: boolean;
  readonly saving: boolean;
  /** What somebody else has set meanwhile. */
  readonly theirs: Said | null;
  readonly failure: Refused | null;
}

/** What the editor shows for a draft, if there is one, beside what Asterisk holds `now`. */
export function viewOf(draft: Draft | undefined, now: Said): DraftView {
  const clean = { form: now, unread: null, dirty: false, saving: false, theirs: null, failure: null };
  if (draft === undefined || isSettled(draft, now)) return clean;
  const { base, mine: form, unread, sent, failure, reported } = draft;
  if (sent !== null) return { form, unread, dirty: true, saving: true, theirs: null, failure: null };
  const told = reported === null ? null : { ...reported, back: null };
  const theirs = samePresence(base, now) ? told : now;
  return { form, unread, dirty: true, saving: false, theirs, failure };
}

/** What is changed in the form; a return time takes the place of what was typed as one. */
export type Patch = Partial<Said> | { readonly unread: string };

/** The draft after a change in the form; null when it says again what it began with. */
export function edit(draft: Draft | undefined, now: Said, patch: Patch): Draft | null {
  const start = draft === undefined || !viewOf(draft, now).dirty ? begin(now, now) : draft;
  const said: Partial<Said> = 'unread' in patch ? {} : patch;
  const typed = 'unread' in patch ? patch.unread : 'back' in patch ? null : start.unread;
  const mine = withoutTime({ ...withItsOwn(start, said), ...said });
  const unread = mine.state === 'available' ? null : typed;
  if (sameSaid(mine, start.base) && unread === null && start.sent === null) return null;
  return { ...start, mine, unread, way: 'saved', failure: null };
}

/** A draft that says `mine` in place of what Asterisk holds. */
export function begin(now: Said, mine: Said, way: Way = 'saved'): Draft {
  return { base: now, mine, unread: null, way, sent: null, failure: null, reported: null };
}

/** Another state brings its own texts and return time, each as long as nobody has typed another. */
function withItsOwn({ base, mine }: Draft, { state = mine.state }: Partial<Said>): Said {
  const [own, next] = [withState(mine.state, base), withState(state, base)];
  return {
    state,
    subtype: mine.subtype === own.subtype ? next.subtype : mine.subtype,
    message: mine.message === own.message ? next.message : mine.message,
    back: sameBack(mine.back, own.back) ? next.back : mine.back,
  };
}

/** Who is available is back, whatever time was typed. */
function withoutTime(said: Said): Said {
  return said.state === 'available' ? { ...said, back: null } : said;
}

/** Somebody has changed nothing but the return time: where none was typed, the form follows. */
export function follow(draft: Draft, now: Said): Draft {
  const { base, mine } = draft;
  if (draft.sent !== null || !samePresence(base, now) || sameBack(base.back, now.back)) return draft;
  const typed = !sameBack(mine.back, withState(mine.state, base).back);
  return { ...draft, base: now, mine: typed ? mine : { ...mine, back: withState(mine.state, now).back } };
}

/** Mine is to replace theirs: from here on, theirs is what was known before. */
export function rebase(draft: Draft, theirs: Said): Draft {
  return { ...draft, base: theirs, reported: null, failure: null };
}

export function send(
  draft: Draft,
  sent: Sent = { said: draft.mine, base: draft.base, way: draft.way },
): Draft {
  return { ...draft, sent, failure: null, reported: null };
}

/** The draft after the answer; null when nothing is left to save. What was typed meanwhile stays. */
export function answered(draft: Draft, reply: SetPresenceReply): Draft | null {
  if (reply.ok) {
    if (draft.sent === null || (draft.unread === null && sameSaid(draft.mine, draft.sent.said))) return null;
    const base = { ...reply.presence, back: draft.sent.said.back };
    return { ...draft, base, way: 'saved', sent: null, failure: null, reported: null };
  }
  return { ...draft, sent: null, failure: reply, reported: 'current' in reply ? reply.current : null };
}

/** Whether Asterisk holds by now what the draft says: there is nothing left to save, and it must not come back later. */
export function isSettled({ mine, unread, sent }: Draft, now: Said): boolean {
  return sent === null && unread === null && sameSaid(mine, now);
}

/** Why this form can't be saved as it stands; null when it can. */
export type Hindrance =
  | { readonly kind: 'unchanged' | 'saving' | 'conflict' | 'no-state' | 'no-time' }
  | { readonly kind: 'refused'; readonly failure: Failure };

export function hindranceOf({ form, unread, dirty, saving, theirs }: DraftView): Hindrance | null {
  if (saving) return { kind: 'saving' };
  if (!dirty) return { kind: 'unchanged' };
  if (theirs !== null) return { kind: 'conflict' };
  return refusalOf({ form, unread });
}

/** What Asterisk would not take, told before it is asked. */
export function refusalOf({ form, unread }: Pick<DraftView, 'form' | 'unread'>): Hindrance | null {
  if (unread !== null) return { kind: 'no-time' };
  if (!isSettableState(form.state)) return { kind: 'no-state' };
  const checked = checkPresence(form);
  return checked.ok ? null : { kind: 'refused', failure: checked };
}
