import type { RawAmi } from '../asterisk/raw-ami.ts';
import type { Hint } from './hints.ts';
import type { USERS } from './users.ts';

export type PresenceText = { state: string; subtype: string; message: string };

export type ExtensionState = { hint: string; status: number };

/** What the contract needs of a PBX, whichever it is: to be changed from outside, asked for the truth, and broken. */
export type PbxUnderTest = PbxControls & {
  name: string;
  amiPort: number;
  users: typeof USERS;
  /** Replaces the hints and reloads the dialplan. */
  reload(hints: readonly Hint[]): Promise<void>;
  /** Restarts in order; resolves when booted. Presence and custom device states are kept. */
  restart(): Promise<void>;
  /** Ends it at once, without a word to anybody. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same port; resolves when booted. */
  start(): Promise<void>;
  /** Connections stay open and nothing answers, until `resume`. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
};

/** What goes through the PBX's own AMI, as the user `control`: the same for a real one and for the demo. */
export type PbxControls = {
  /** Logs in as the user `control`, for one piece of work. */
  control: <T>(work: (ami: RawAmi) => Promise<T>) => Promise<T>;
  /**
   * Sets a device such as `Custom:lamp600` to `NOT_INUSE`, `INUSE`, `RINGING` …; resolves when it is accepted, a
   * moment before its hints follow.
   */
  setLamp(device: string, state: string): Promise<void>;
  /** Sets a presence such as `CustomPresence:1101`, any text; resolves when it is accepted. */
  setPresence(provider: string, presence: PresenceText): Promise<void>;
  /** What is stored for a provider, in full. */
  presence(provider: string): Promise<PresenceText>;
  /** Every hint's state by `exten@context`. */
  extensionStates(): Promise<Map<string, ExtensionState>>;
  /** Resolves when the hint `exten@context` has this status; throws after 15 s. */
  untilLamp(extension: string, status: number): Promise<void>;
  /** Every provider's state by its name. */
  presenceStates(): Promise<Map<string, string>>;
};
