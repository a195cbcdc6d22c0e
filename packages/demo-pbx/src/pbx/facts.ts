import type { DeviceState, ExtensionStatus } from './device-state.ts';
import type { Hint } from './hint-registry.ts';
import type { Presence } from './presence-value.ts';

/** What the PBX has to tell, in the order Asterisk could tell it. Text is bytes. */
export type PbxFact =
  | { readonly kind: 'fully-booted' }
  | { readonly kind: 'shutdown'; readonly restart: boolean }
  | { readonly kind: 'device-state-changed'; readonly device: string; readonly state: DeviceState }
  /** `isNew`: the first fact of a hint just loaded, of whose text Asterisk says nothing yet. */
  | {
      readonly kind: 'extension-status';
      readonly hint: Hint;
      readonly status: ExtensionStatus;
      readonly isNew: boolean;
    }
  /** Told of every write, even one that changes nothing. */
  | { readonly kind: 'presence-changed'; readonly provider: string; readonly presence: Presence }
  /** Told once for each hint that watches the provider, and only of a change. */
  | { readonly kind: 'hint-presence-changed'; readonly hint: Hint; readonly presence: Presence }
  | { readonly kind: 'variable-set'; readonly name: string; readonly value: string }
  | { readonly kind: 'user-event'; readonly name: string; readonly fields: readonly UserField[] };

type UserField = readonly [name: string, value: string];
