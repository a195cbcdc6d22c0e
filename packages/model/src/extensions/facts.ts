import {
  type Actor,
  type Kind,
  type Person,
  type Phone,
  type Presence,
  type ReturnTime,
  NOT_SET,
  isCustomPresence,
} from '@lampboard/protocol';

/** The state of one hint, from an event or a list. */
export interface HintState {
  readonly exten: string;
  readonly context: string;
  /** Raw, such as `PJSIP/1101,CustomPresence:1101`; empty where Asterisk has only just created it. */
  readonly hint: string;
  /** The bit mask of `ExtensionStatus.Status`. */
  readonly status: number;
}

/** One entry of the board: the hint whose number it has, and the further hints of the same devices and presence. */
export interface Entry extends HintState {
  readonly kind: Kind;
  /** As in the extension. */
  readonly lot?: boolean;
  readonly aliases?: readonly HintState[];
  /** As in the extension: absent where the lamp is the phones', null where no device is a phone. */
  readonly phone?: Phone | null | undefined;
}

/** The edit that set a presence through Lampboard. */
export interface Attribution {
  readonly actor: Actor;
  /** Milliseconds since 1970. */
  readonly setAt: number;
  readonly returnTime: ReturnTime | null;
}

/** Looks up who set a presence at a PBX; null where it was set elsewhere, which also ends a return time. */
export type AttributionLookup = (pbxId: string, provider: string, presence: Presence) => Attribution | null;

/** All entries and presences that Asterisk lists: an extension that is not listed is gone. */
export interface FullList {
  readonly kind: 'full-list';
  readonly entries: readonly Entry[];
  /** By the provider as the hints write it. */
  readonly presences: ReadonlyMap<string, Presence>;
  /** By the provider as the hints write it; absent where the presence was set elsewhere. */
  readonly attributions?: ReadonlyMap<string, Attribution>;
  /** Ids, provider keys and {@link phoneKey}s whose events came while the list was loading, and are newer than it. */
  readonly updatedDuringList: Pick<ReadonlySet<string>, 'has'>;
}

/** A change in Asterisk, in the directory or of account names. */
export type ExtensionFact =
  | { readonly kind: 'status'; readonly id: string; readonly status: number }
  | { readonly kind: 'phone'; readonly id: string; readonly phone: Phone }
  | {
      readonly kind: 'presence';
      readonly provider: string;
      readonly presence: Presence;
      /** Null or absent where the presence was set elsewhere. */
      readonly attribution?: Attribution | null;
    }
  | FullList
  /** Without a name, or without contact, that part of the person stays. */
  | {
      readonly kind: 'person';
      readonly id: string;
      readonly name?: string;
      readonly contact?: Omit<Person, 'name'>;
    }
  /** Current account names, by account id. */
  | { readonly kind: 'accounts'; readonly names: ReadonlyMap<number, string> };

/** Stands for the phones of an extension, beside its lamp, in {@link FullList.updatedDuringList}. */
export const phoneKey = (id: string) => `phone ${id}`;

/** Returns the presence that a list gives: a `CustomPresence:` that is not listed was never set, any other is unknown. */
export function listedPresence({ presences }: FullList, provider: string): Presence | null {
  return presences.get(provider) ?? (isCustomPresence(provider) ? NOT_SET : null);
}
