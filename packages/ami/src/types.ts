/** Headers of an event or a response by lower-case name; repeated headers are joined by LF. */
export type AmiFields = Readonly<Record<string, string>>;

export interface AmiEvent {
  readonly name: string;
  readonly fields: AmiFields;
}

/** Headers of an action, `Action` first; the client adds the ActionID. */
export type AmiAction = Readonly<Record<string, string>>;

export type AmiErrorCode =
  /** There is no live session; nothing was sent. */
  | 'not-connected'
  /** A value contains CR, LF or NUL, or exceeds Asterisk's limits; nothing was sent. */
  | 'invalid-action'
  /** Asterisk answered `Error` with this `message`. */
  | 'rejected'
  | 'permission-denied'
  /** No reply in time, or the link was lost before it: the outcome is unknown. */
  | 'timeout'
  | 'connection-lost';

export interface AmiFailure {
  readonly ok: false;
  readonly code: AmiErrorCode;
  readonly message: string;
}

export type AmiResult<T> = { readonly ok: true; readonly value: T } | AmiFailure;

/** The client leaves every state but `live` and `closed` by itself. */
export type AmiState =
  | { readonly kind: 'connecting' }
  /** TCP refused, unroutable, reset or closed; `errorCode` is the system's. */
  | { readonly kind: 'unreachable'; readonly errorCode: string }
  /** The certificate is untrusted or names another server; nothing was sent. `errorCode` is Node's. */
  | { readonly kind: 'tls-error'; readonly errorCode: string }
  /** Asterisk closed the connection before the login, as over its `authlimit`. */
  | { readonly kind: 'rejected' }
  /** `Authentication failed`: the same for a wrong account, a wrong secret and an ACL. */
  | { readonly kind: 'login-refused' }
  /** Logged in, but the account may not list. */
  | { readonly kind: 'permission-denied' }
  /** Logged in, but Asterisk is still loading: lists are incomplete. */
  | { readonly kind: 'booting' }
  /** A Ping or the login was not answered: a half-open link, or a stopped Asterisk. */
  | { readonly kind: 'unresponsive' }
  /** A block or a list exceeded the limits, and the client disconnected. */
  | { readonly kind: 'overrun' }
  | { readonly kind: 'live' }
  | { readonly kind: 'closed' };

export interface AmiListener {
  onState(state: AmiState): void;
  onEvent(event: AmiEvent): void;
  /** A possibly forged event, reduced to its name and identifying headers: query Asterisk for the state. */
  onUntrustedEvent(event: AmiEvent): void;
  /** Lists loaded so far may be incomplete: load them again. */
  onResyncNeeded(): void;
}
