import type { AmiClass } from './permission-classes.ts';
import type { AmiMessage } from './message-parser.ts';
import type { SessionControl } from './session-control.ts';

/** An AMI action. Needs one of `classes` in the user's `write`; with none, anyone may call it. */
export interface Action {
  readonly name: string;
  readonly synopsis: string;
  readonly classes: readonly AmiClass[];
  /** Its module loads at the end of the boot. */
  readonly requiresFullBoot?: boolean;
  run(session: SessionControl, message: AmiMessage): void;
}
