import type { PresenceAuthor } from './astdb.ts';
import type { DeviceState, ExtensionStatus } from './device-state.ts';
import type { PbxFact } from './facts.ts';
import type { DemoHint, Hint } from './hints.ts';
import type { Presence } from './presence-value.ts';
import type { StateBook } from './state-book.ts';

/** `starting`: no hints yet; `loading`: some of them, their lamps wrong; `up`: fully booted. */
export type BootStage = 'starting' | 'loading' | 'up';

/** The PBX behind the AMI sessions: what there is to read, to write and to be told of. Text is bytes. */
export interface PbxCore {
  readonly states: StateBook;
  readonly globals: Map<string, string>;
  stage(): BootStage;
  /** Moves the boot on. At `up` every hint says its status, still without its hint, then `fully-booted` follows. */
  enter(stage: BootStage): void;
  /** Seconds since the start and since the last reload. */
  uptime(): number;
  sinceReload(): number;
  /** Tells a fact; nothing is told before the boot is over. */
  emit(fact: PbxFact): void;
  setDeviceState(device: string, state: DeviceState): void;
  /** The change that a value of `PRESENCE_STATE(CustomPresence:name)` makes, or undefined where it is refused. */
  presenceChange(provider: string, value: string, by: PresenceAuthor): (() => void) | undefined;
  /** What is stored of a provider, uncut. */
  storedPresence(provider: string): Presence;
  presenceAuthor(provider: string): PresenceAuthor | undefined;
  /** The hints as a list action gives them now: while booting none, then some with a wrong lamp. */
  listed(): readonly ListedHint[];
  reload(hints: readonly DemoHint[]): void;
}

interface ListedHint {
  hint: Hint;
  status: ExtensionStatus;
}

/** The name in `CustomPresence:name`, undefined for other providers. */
export function customPresenceName(provider: string): string | undefined {
  return /^custompresence:(.*)$/is.exec(provider)?.[1];
}
