import { type AmiEvent, unescapeC } from '@lampboard/ami';
import { type Fact, type HintFact, extensionId, parseHint, phoneKey, providerKey } from '@lampboard/board';
import { DESK_PHONE_BYTES, type Presence, isPresenceState, utf8Bytes } from '@lampboard/protocol';
import { isJoined } from './phones.ts';

/** The events that the board lives on. */
export const BOARD_EVENTS = [
  'ExtensionStatus',
  'DeviceStateChange',
  'PresenceStateChange',
  'Reload',
] as const;

/** What an event means to the board. */
export type Heard =
  | {
      readonly kind: 'fact';
      readonly subject: string;
      readonly fact: Fact;
      /** Its telephones have to be asked for beside it. */
      readonly phone?: Subject;
    }
  /** The event does not tell enough, or can't be believed: ask Asterisk. */
  | { readonly kind: 'unclear'; readonly subject: Subject }
  /** Only a list tells the rest. */
  | { readonly kind: 'unlisted' }
  /** Asterisk's configuration was, or may have been, loaded anew: list again, and names may have changed. */
  | { readonly kind: 'reloaded' }
  | { readonly kind: 'nothing' };

/** Whose lamp or presence Asterisk is asked for; `id` is that of the extension, or the provider's key. */
export type Subject =
  | { readonly kind: 'lamp'; readonly id: string; readonly exten: string; readonly context: string }
  | { readonly kind: 'phone'; readonly id: string; readonly extension: string; readonly hint: string }
  | {
      readonly kind: 'presence';
      readonly id: string;
      readonly provider: string;
      /** The beginning of it, to be taken where the provider can only be watched; null: nothing is known. */
      readonly cut: Presence | null;
    };

/** What the board has to do with an event. */
export interface Scope {
  /** The context is one that is shown. */
  readonly isShown: (context: string) => boolean;
  /** The board has the extension. */
  readonly isKnown: (id: string) => boolean;
  readonly isProvider: (provider: string) => boolean;
}

/** Translates an event of Asterisk's. */
export function translate(event: AmiEvent, { isShown, isKnown }: Omit<Scope, 'isProvider'>): Heard {
  switch (event.name) {
    case 'ExtensionStatus': {
      const hint = hintFactOf(event);
      if (hint === null || !isShown(hint.context)) return { kind: 'nothing' };
      const id = extensionId(hint.exten, hint.context);
      // -2 is a removed hint, and an unknown or empty one has just been created: only a list tells the rest.
      if (!isKnown(id) || hint.status === -2 || hint.hint === '') return { kind: 'unlisted' };
      const heard = { kind: 'fact', subject: id, fact: { kind: 'status', id, status: hint.status } } as const;
      return isJoined(parseHint(hint.hint)) ? { ...heard, phone: phoneSubject(id, hint.hint) } : heard;
    }
    case 'PresenceStateChange': {
      const heard = presenceOf(event);
      if (heard === null) return { kind: 'nothing' };
      const { provider, presence, mayBeCut } = heard;
      const id = providerKey(provider);
      if (mayBeCut) return { kind: 'unclear', subject: { kind: 'presence', id, provider, cut: presence } };
      return { kind: 'fact', subject: id, fact: { kind: 'presence', provider, presence } };
    }
    case 'Reload':
      return { kind: 'reloaded' };
    default:
      return { kind: 'nothing' };
  }
}

/** The telephones of this hint of an extension. */
export function phoneSubject(extension: string, hint: string): Subject {
  return { kind: 'phone', id: phoneKey(extension), extension, hint };
}

/** Translates what is left of an event that somebody may have typed: its name, and whom it is about. */
export function translateDoubted({ name, fields }: AmiEvent, { isShown, isKnown, isProvider }: Scope): Heard {
  if (name === 'ExtensionStatus') {
    const { exten = '', context = '' } = fields;
    if (!isShown(context)) return { kind: 'nothing' };
    const id = extensionId(exten, context);
    return isKnown(id)
      ? { kind: 'unclear', subject: { kind: 'lamp', id, exten, context } }
      : { kind: 'unlisted' };
  }
  if (name === 'PresenceStateChange') {
    const { presentity: provider = '' } = fields;
    const id = providerKey(provider);
    return isProvider(provider)
      ? { kind: 'unclear', subject: { kind: 'presence', id, provider, cut: null } }
      : { kind: 'nothing' };
  }
  return { kind: 'reloaded' };
}

/** Null for what is no hint: a name with a line break was made up by a telephone, and no action could be about it. */
export function hintFactOf({ fields }: AmiEvent): HintFact | null {
  const { exten, context, hint = '', status } = fields;
  if (!exten || !context || status === undefined || !/^-?\d+$/.test(status)) return null;
  if (/[\r\n]/.test(exten + context)) return null;
  return { exten, context, hint, status: Number(status) };
}

/** Events and lists carry at most {@link DESK_PHONE_BYTES} bytes of subtype and message; at that length they may be cut. */
export function presenceOf({
  fields,
}: AmiEvent): { provider: string; presence: Presence; mayBeCut: boolean } | null {
  const { presentity: provider, status } = fields;
  const state = status?.toLowerCase();
  if (!provider || state === undefined || !isPresenceState(state)) return null;
  const subtype = unescapeC(fields['subtype'] ?? '');
  const message = unescapeC(fields['message'] ?? '');
  const mayBeCut = utf8Bytes(subtype) >= DESK_PHONE_BYTES || utf8Bytes(message) >= DESK_PHONE_BYTES;
  return { provider, presence: { state, subtype, message }, mayBeCut };
}
