import type { Pbx } from '../pbx/pbx.ts';
import type { Telephony } from '../telephony/telephony.ts';
import type { Authenticate, Login } from './authenticate.ts';
import type { AmiEvent } from './blocks.ts';
import type { AmiClass } from './permission-classes.ts';
import type { AmiMessage } from './message-parser.ts';

/** The session as actions see it. */
export interface SessionControl {
  readonly pbx: Pbx;
  readonly telephony: Telephony;
  readonly authenticate: Authenticate;
  login(): Login | undefined;
  accept(login: Login): void;
  /** Stops reading, sends the response after Asterisk's delay for failed logins, and closes. */
  rejectLogin(bytes: string): void;
  readonly send: (bytes: string) => void;
  event(event: AmiEvent): void;
  end(): void;
  /** The challenge of an MD5 login. */
  challenge: string;
}

/** An AMI action. Needs one of `classes` in the user's `write`; with none, anyone may call it. */
export interface Action {
  readonly name: string;
  readonly synopsis: string;
  readonly classes: readonly AmiClass[];
  /** Its module loads at the end of the boot. */
  readonly requiresFullBoot?: boolean;
  run(session: SessionControl, message: AmiMessage): void;
}
