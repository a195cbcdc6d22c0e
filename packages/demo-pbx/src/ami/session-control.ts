import type { Pbx } from '../pbx/pbx.ts';
import type { AmiEvent } from './event.ts';
import type { Authenticate, Login } from './authenticate.ts';

/** The session as actions see it. */
export interface SessionControl {
  readonly pbx: Pbx;
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
