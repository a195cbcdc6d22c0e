import type { DeviceState, ExtensionStatus } from './device-state.ts';
import type { Hint } from './hint-registry.ts';
import type { Presence } from './presence-value.ts';

/** A change that Asterisk announces. Text is bytes. */
export type PbxFact =
  | { readonly kind: 'fully-booted' }
  | { readonly kind: 'shutdown'; readonly restart: boolean }
  | { readonly kind: 'device-state-changed'; readonly device: string; readonly state: DeviceState }
  /** `isNew`: the first fact of a new hint, for which Asterisk omits the hint text. */
  | {
      readonly kind: 'extension-status';
      readonly hint: Hint;
      readonly status: ExtensionStatus;
      readonly isNew: boolean;
    }
  /** Emitted for every write, even one that changes nothing. */
  | { readonly kind: 'presence-changed'; readonly provider: string; readonly presence: Presence }
  /** Emitted for each hint that watches the provider, only on a change. */
  | { readonly kind: 'hint-presence-changed'; readonly hint: Hint; readonly presence: Presence }
  | { readonly kind: 'variable-set'; readonly name: string; readonly value: string }
  | {
      readonly kind: 'user-event';
      readonly name: string;
      readonly fields: readonly (readonly [string, string])[];
    };
