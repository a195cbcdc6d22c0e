import { type AmiEvent, type EventProfile, type EventSubscription, unescapeC } from '@lampboard/ami';
import { type Fact, type HintState, phoneKey, providerKey } from '@lampboard/model';
import {
  MAX_DESK_PHONE_BYTES,
  type Presence,
  isPresenceState,
  utf8Bytes,
  extensionId,
} from '@lampboard/protocol';

/**
 * AMI events from which the board is updated. A phone can put CRLF into the extension by which it subscribes to a pattern
 * hint, but no space: Asterisk drops it. Texts of a presence are escaped. A `Local/` device is named after dialled text.
 */
const BOARD_SUBSCRIPTIONS: readonly EventSubscription[] = [
  { name: 'ExtensionStatus', identifiedBy: ['Exten', 'Context'], lastHeader: 'Status' },
  {
    name: 'DeviceStateChange',
    identifiedBy: ['Device'],
    lastHeader: 'State',
    spoofable: { header: 'Device', prefix: 'Local/' },
  },
  { name: 'PresenceStateChange', identifiedBy: ['Presentity'], lastHeader: 'Status' },
  { name: 'Reload', identifiedBy: [] },
];

export const BOARD_EVENTS = BOARD_SUBSCRIPTIONS.map(({ name }) => name);

export const BOARD_PROFILE: EventProfile = {
  trusts: 'events',
  eventClasses: ['call'],
  subscriptions: BOARD_SUBSCRIPTIONS,
  bootLists: [
    { action: 'ExtensionStateList', identifiedBy: ['Exten', 'Context', 'Hint'] },
    { action: 'PresenceStateList', identifiedBy: ['Presentity'] },
  ],
  identifierHeaders: ['Exten', 'Context', 'Hint', 'Presentity'],
  /** `Getvar` with option `e` replies in base64. */
  echoesUserText({ Action: action = '', Variable: variable = '' }) {
    const name = action.toLowerCase();
    return /^(?:presencestate|dbgettree)$/.test(name) || (name === 'getvar' && !variable.endsWith(',e)'));
  },
};

/** Effect of an event on the board. */
export type Translation =
  | {
      readonly kind: 'fact';
      readonly target: string;
      readonly fact: Fact;
      /** Phones of the hint, whose state the event does not carry. */
      readonly phone?: QueryTarget;
    }
  /** The event is incomplete or untrusted. */
  | { readonly kind: 'needs-query'; readonly target: QueryTarget }
  | { readonly kind: 'needs-resync' }
  /** `state`: null where the event is untrusted. */
  | { readonly kind: 'device-changed'; readonly device: string; readonly state: string | null }
  /** Asterisk has, or may have, reloaded its configuration: resync, and read the names again. */
  | { readonly kind: 'reload' }
  | { readonly kind: 'ignore' };

/** Lamp, phone, device or presence to query. `id` is the extension's id, or the key of the others. */
export type QueryTarget =
  | { readonly kind: 'lamp'; readonly id: string; readonly exten: string; readonly context: string }
  | { readonly kind: 'phone'; readonly id: string; readonly extension: string }
  | { readonly kind: 'device'; readonly id: string; readonly device: string }
  | {
      readonly kind: 'presence';
      readonly id: string;
      readonly provider: string;
      /** Presence in the event, used if the provider is read-only; null if unknown. */
      readonly truncated: Presence | null;
    };

export interface EventFilter {
  readonly pbxId: string;
  readonly isContextShown: (context: string) => boolean;
  readonly hasExtension: (id: string) => boolean;
  /** A hint that is no entry of the board. */
  readonly isOffBoard: (id: string) => boolean;
  /** The board shows phones or features of the extension beside its lamp. */
  readonly isPhoneFollowed: (id: string) => boolean;
  readonly hasProvider: (provider: string) => boolean;
}

export function translate(
  event: AmiEvent,
  { pbxId, isContextShown, hasExtension, isOffBoard, isPhoneFollowed }: Omit<EventFilter, 'hasProvider'>,
): Translation {
  switch (event.name) {
    case 'ExtensionStatus': {
      const hint = parseHintState(event);
      if (hint === null || !isContextShown(hint.context)) return { kind: 'ignore' };
      const id = extensionId(hint.exten, hint.context, pbxId);
      // Status -2 is a removed hint; an unknown or empty one was just created, and only a list has its text.
      if (hint.status === -2 || hint.hint === '') return { kind: 'needs-resync' };
      if (!hasExtension(id)) return { kind: isOffBoard(id) ? 'ignore' : 'needs-resync' };
      const fact = { kind: 'status', id, status: hint.status } as const;
      const phone = isPhoneFollowed(id) && { phone: phoneTarget(id) };
      return { kind: 'fact', target: id, fact, ...phone };
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
    case 'DeviceStateChange':
      return {
        kind: 'device-changed',
        device: event.fields['device'] ?? '',
        state: event.fields['state'] ?? null,
      };
    case 'Reload':
      return { kind: 'reload' };
    default:
      return { kind: 'ignore' };
  }
}

export function deviceTarget(device: string): QueryTarget {
  return { kind: 'device', id: `device ${device}`, device };
}

function phoneTarget(extension: string): QueryTarget {
  return { kind: 'phone', id: phoneKey(extension), extension };
}

/** Translates an event that a caller may have forged: only its name and its target are used. */
export function translateUntrusted(
  { name, fields }: AmiEvent,
  { pbxId, isContextShown, hasExtension, isOffBoard, hasProvider }: Omit<EventFilter, 'isPhoneFollowed'>,
): Translation {
  if (name === 'ExtensionStatus') {
    const { exten = '', context = '' } = fields;
    if (!isContextShown(context)) return { kind: 'ignore' };
    const id = extensionId(exten, context, pbxId);
    if (hasExtension(id)) return { kind: 'needs-query', target: { kind: 'lamp', id, exten, context } };
    return { kind: isOffBoard(id) ? 'ignore' : 'needs-resync' };
  }
  if (name === 'PresenceStateChange') {
    const { presentity: provider = '' } = fields;
    const id = providerKey(provider);
    return hasProvider(provider)
      ? { kind: 'needs-query', target: { kind: 'presence', id, provider, truncated: null } }
      : { kind: 'ignore' };
  }
  if (name === 'DeviceStateChange')
    return { kind: 'device-changed', device: fields['device'] ?? '', state: null };
  return { kind: 'reload' };
}

/** Returns null for invalid hints; a name with a line break is made up by a phone, and no action can address it. */
export function parseHintState({ fields }: AmiEvent): HintState | null {
  const { exten, context, hint = '', status } = fields;
  if (!exten || !context || status === undefined || !/^-?\d+$/.test(status)) return null;
  if (/[\r\n]/.test(exten + context)) return null;
  return { exten, context, hint, status: Number(status) };
}

/** Events and lists truncate subtype and message to {@link MAX_DESK_PHONE_BYTES} bytes. */
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
