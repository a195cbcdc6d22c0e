import type { LinkStatus, Person, Phone, Presence } from '@lampboard/protocol';

/** One hint as Asterisk tells of it, live or in a list. */
export interface HintState {
  readonly exten: string;
  readonly context: string;
  /** Raw, such as `PJSIP/1101,CustomPresence:1101`; empty where Asterisk has only just created it. */
  readonly hint: string;
  /** The bit mask of `ExtensionStatus.Status`. */
  readonly status: number;
  /** As the row's: absent where its devices are telephones alone, null where none is. */
  readonly phone?: Phone | null | undefined;
}

/** What the gateway has learnt from Asterisk, or of its link to it. */
export type Fact =
  | { readonly kind: 'status'; readonly id: string; readonly status: number }
  | { readonly kind: 'phone'; readonly id: string; readonly phone: Phone }
  | { readonly kind: 'presence'; readonly provider: string; readonly presence: Presence }
  | {
      /**
       * Everything there is, as listed by Asterisk: what is not in it is gone. What changed live while the list was
       * on its way is newer than the list: `newer` has the ids of those extensions, the keys of those providers, and
       * {@link phoneKey} of those telephones.
       */
      readonly kind: 'full-list';
      readonly hints: readonly HintState[];
      /** By the providers as the hints have them. */
      readonly presences: ReadonlyMap<string, Presence>;
      readonly updatedDuringList: ReadonlySet<string>;
    }
  | { readonly kind: 'person'; readonly id: string; readonly person: Person }
  /** The names that accounts have by now, by their ids. */
  | { readonly kind: 'accounts'; readonly names: ReadonlyMap<number, string> }
  | { readonly kind: 'link'; readonly link: LinkStatus };

/** Stands for the telephones of an extension beside its lamp. */
export const phoneKey = (id: string) => `phone ${id}`;

export function extensionId(exten: string, context: string): string {
  return `${exten}@${context}`;
}
