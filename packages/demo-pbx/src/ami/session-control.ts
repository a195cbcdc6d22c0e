import type { Pbx } from '../pbx/pbx.ts';
import type { ClassSet } from './permission-classes.ts';
import type { AmiEvent } from './event.ts';
import type { AmiMessage } from './message-parser.ts';
import type { EventFilter } from './event-filter.ts';
import type { DemoUser } from '../types.ts';

/** The rights of who logs in, or undefined for an unknown user, a wrong secret and a denied address alike. */
export type Authenticate = (message: AmiMessage, challenge: string) => Login | undefined;

/** The rights and wishes of somebody logged in. */
export interface Login {
  readonly user: DemoUser;
  readonly read: ClassSet;
  readonly write: ClassSet;
  mask: ClassSet;
  readonly filters: EventFilter[];
}

/** What actions may do to the session they came in on. */
export interface SessionControl {
  readonly pbx: Pbx;
  readonly authenticate: Authenticate;
  login(): Login | undefined;
  accept(login: Login): void;
  /** Reads no more, sends the answer after the delay that Asterisk keeps for wrong secrets, and closes. */
  rejectLogin(bytes: string): void;
  readonly send: (bytes: string) => void;
  event(event: AmiEvent): void;
  end(): void;
  /** The challenge given for an MD5 login. */
  challenge: string;
}
