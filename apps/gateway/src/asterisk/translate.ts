import { type AmiEvent, unescapeC } from '@lampboard/ami';
import { type Fact, type HintState, extensionId, parseHint, phoneKey, providerKey } from '@lampboard/model';
import { MAX_DESK_PHONE_BYTES, type Presence, isPresenceState, utf8Bytes } from '@lampboard/protocol';
import { isJoined } from './phones.ts';

/** The events that the board lives on. */
export const BOARD_EVENTS = [
  'ExtensionStatus',
  'DeviceStateChange',
  'PresenceStateChange',
  'Reload',
] as const;

/** What an event means to the board. */
export type Translation =
  | {
      readonly kind: 'fact';
      readonly target: string;
      readonly fact: Fact;
      /** Its telephones have to be asked for beside it. */
      readonly phone?: QueryTarget;
    }
  /** The event does not tell enough, or can't be believed: ask Asterisk. */
  | { readonly kind: 'needs-query'; readonly target: QueryTarget }
  /** Only a list tells the rest. */
  | { readonly kind: 'needs-resync' }
  /** Asterisk's configuration was, or may have been, loaded anew: list again, and names may have changed. */
  | { readonly kind: 'reload' }
  | { readonly kind: 'ignore' };

/** Whose lamp or presence Asterisk is asked for; `id` is that of the extension, or the provider's key. */
export type QueryTarget =
  | { readonly kind: 'lamp'; readonly id: string; readonly exten: string; readonly context: string }
  | { readonly kind: 'phone'; readonly id: string; readonly extension: string; readonly hint: string }
  | {
      readonly kind: 'presence';
      readonly id: string;
      readonly provider: string;
      /** The beginning of it, to be taken where the provider can only be watched; null: nothing is known. */
      readonly truncated: Presence | null;
    };

/** What the board has to do with an event. */
export interface EventFilter {
  /** The context is one that is shown. */
  readonly isContextShown: (context: string) => boolean;
  /** The board has the extension. */
  readonly hasExtension: (id: string) => boolean;
  readonly hasProvider: (provider: string) => boolean;
}

/** Translates an event of Asterisk's. */
export function translate(
  event: AmiEvent,
  { isContextShown, hasExtension }: Omit<EventFilter, 'hasProvider'>,
): Translation {
  switch (event.name) {
    case 'ExtensionStatus': {
      const hint = parseHintState(event);
      if (hint === null || !isContextShown(hint.context)) return { kind: 'ignore' };
      const id = extensionId(hint.exten, hint.context);
      // -2 is a removed hint, and an unknown or empty one has just been created: only a list tells the rest.
      if (!hasExtension(id) || hint.status === -2 || hint.hint === '') return { kind: 'needs-resync' };
      const translation = {
        kind: 'fact',
        target: id,
        fact: { kind: 'status', id, status: hint.status },
      } as const;
      return isJoined(parseHint(hint.hint))
        ? { ...translation, phone: phoneTarget(id, hint.hint) }
        : translation;
    }
    case 'PresenceStateChange': {
      const parsed = parsePresence(event);
      if (parsed === null) return { kind: 'ignore' };
      const { provider, presence, mayBeTruncated } = parsed;
      const id = providerKey(provider);
      if (mayBeTruncated)
        return { kind: 'needs-query', target: { kind: 'presence', id, provider, truncated: presence } };
      return { kind: 'fact', target: id, fact: { kind: 'presence', provider, presence } };
    }
    case 'Reload':
      return { kind: 'reload' };
    default:
      return { kind: 'ignore' };
  }
}

/** The telephones of this hint of an extension. */
export function phoneTarget(extension: string, hint: string): QueryTarget {
  return { kind: 'phone', id: phoneKey(extension), extension, hint };
}

/** Translates what is left of an event that somebody may have typed: its name, and whom it is about. */
export function translateUntrusted(
  { name, fields }: AmiEvent,
  { isContextShown, hasExtension, hasProvider }: EventFilter,
): Translation {
  if (name === 'ExtensionStatus') {
    const { exten = '', context = '' } = fields;
    if (!isContextShown(context)) return { kind: 'ignore' };
    const id = extensionId(exten, context);
    return hasExtension(id)
      ? { kind: 'needs-query', target: { kind: 'lamp', id, exten, context } }
      : { kind: 'needs-resync' };
  }
  if (name === 'PresenceStateChange') {
    const { presentity: provider = '' } = fields;
    const id = providerKey(provider);
    return hasProvider(provider)
      ? { kind: 'needs-query', target: { kind: 'presence', id, provider, truncated: null } }
      : { kind: 'ignore' };
  }
  return { kind: 'reload' };
}

/** Null for what is no hint: a name with a line break was made up by a telephone, and no action could be about it. */
export function parseHintState({ fields }: AmiEvent): HintState | null {
  const { exten, context, hint = '', status } = fields;
  if (!exten || !context || status === undefined || !/^-?\d+$/.test(status)) return null;
  if (/[\r\n]/.test(exten + context)) return null;
  return { exten, context, hint, status: Number(status) };
}

/** Events and lists carry at most {@link DESK_PHONE_BYTES} bytes of subtype and message; at that length they may be cut. */
export function parsePresence({
  fields,
}: AmiEvent): { provider: string; presence: Presence; mayBeTruncated: boolean } | null {
  const { presentity: provider, status } = fields;
  const state = status?.toLowerCase();
  if (!provider || state === undefined || !isPresenceState(state)) return null;
  const subtype = unescapeC(fields['subtype'] ?? '');
  const message = unescapeC(fields['message'] ?? '');
  const mayBeTruncated =
    utf8Bytes(subtype) >= MAX_DESK_PHONE_BYTES || utf8Bytes(message) >= MAX_DESK_PHONE_BYTES;
  return { provider, presence: { state, subtype, message }, mayBeTruncated };
}
