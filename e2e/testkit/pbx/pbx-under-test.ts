import type { AmiControls } from '../ami/ami-controls.ts';
import type { Hint } from './hints.ts';
import type { USERS } from './ami-users.ts';

/** What can befall a PBX, until it is stopped for good. */
export interface PbxLifecycle {
  /** Restarts in order; resolves when booted. Presence and custom device states are kept. */
  restart(): Promise<void>;
  /** Ends it at once, without a word to anybody; what its last second stored may be lost. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same ports; resolves when booted. */
  start(): Promise<void>;
  /** Connections stay open and nothing answers, until `resume`. */
  pause(): void;
  resume(): void;
  /** Kills it and leaves nothing behind. */
  stop(): Promise<void>;
}

/** What the contract needs of a PBX, whichever it is: to be changed from outside, asked for the truth, and broken. */
export interface PbxUnderTest extends AmiControls, PbxLifecycle {
  name: string;
  amiPort: number;
  users: typeof USERS;
  /** Replaces the hints and reloads the dialplan. */
  reload(hints: readonly Hint[]): Promise<void>;
}
