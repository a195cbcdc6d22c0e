import type { AmiClass } from './permission-classes.ts';
import type { AmiMessage } from './message-parser.ts';
import type { SessionControl } from './session-control.ts';

/** An AMI action. One of `classes` in the user's `write` is needed; with none, everybody may. */
export interface Action {
  readonly name: string;
  readonly synopsis: string;
  readonly classes: readonly AmiClass[];
  /** Belongs to a module that is not there before the end of the boot. */
  readonly requiresFullBoot?: boolean;
  run(session: SessionControl, message: AmiMessage): void;
}
