import type { LinkStatus, Person, Presence } from '@lampboard/protocol';

/** One hint as Asterisk tells of it, live or in a list. */
export interface HintFact {
  readonly exten: string;
  readonly context: string;
  /** Raw, such as `PJSIP/1101,CustomPresence:1101`; empty where Asterisk has only just created it. */
  readonly hint: string;
  /** The bit mask of `ExtensionStatus.Status`. */
  readonly status: number;
}

/** What the gateway has learnt from Asterisk, or of its link to it. */
export type Fact =
  | { readonly kind: 'status'; readonly id: string; readonly status: number }
  | { readonly kind: 'presence'; readonly provider: string; readonly presence: Presence }
  | {
      /**
       * Everything there is, as listed by Asterisk: what is not in it is gone. What changed live while the list was
       * on its way is newer than the list: `newer` names those extensions and providers.
       */
      readonly kind: 'listed';
      readonly hints: readonly HintFact[];
      /** By the providers as the hints have them. */
      readonly presences: ReadonlyMap<string, Presence>;
      readonly newer: ReadonlySet<string>;
    }
  | { readonly kind: 'person'; readonly id: string; readonly person: Person }
  | { readonly kind: 'link'; readonly link: LinkStatus };

export function extensionId(exten: string, context: string): string {
  return `${exten}@${context}`;
}
