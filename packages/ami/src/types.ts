/** Headers of an event or a response by lower-case name; a header sent twice is joined by LF. */
export type AmiFields = Readonly<Record<string, string>>;

export interface AmiEvent {
  readonly name: string;
  readonly fields: AmiFields;
}

/** Headers of an action, `Action` first; the ActionID is the client's own affair. */
export type AmiAction = Readonly<Record<string, string>>;

export type AmiErrorCode =
  /** There is no live session; nothing was sent, and nothing will be. */
  | 'not-connected'
  /** A value holds CR, LF or NUL, or a line or the action is longer than Asterisk takes; nothing was sent. */
  | 'invalid-action'
  /** Asterisk answered `Error`; `message` is what it said. */
  | 'rejected'
  | 'permission-denied'
  /** No answer in time, or the link was lost before it: whether Asterisk did it is not known. */
  | 'timeout'
  | 'connection-lost';

export interface AmiFailure {
  readonly ok: false;
  readonly code: AmiErrorCode;
  readonly message: string;
}

export type AmiResult<T> = { readonly ok: true; readonly value: T } | AmiFailure;

/** Where the session stands. Every state but `live` and `closed` is left by itself, as soon as Asterisk lets it. */
export type AmiState =
  | { readonly kind: 'connecting' }
  /** No TCP connection, or lost: refused, no route, reset, closed. `detail` is the system's word for it. */
  | { readonly kind: 'unreachable'; readonly errorCode: string }
  /** TLS: the certificate is not trusted, or names another server; nothing was said to it. `detail` is Node's code. */
  | { readonly kind: 'tls-error'; readonly errorCode: string }
  /** Asterisk closed the connection before it answered the login, as it does over `authlimit`. */
  | { readonly kind: 'rejected' }
  /** `Authentication failed`: Asterisk says the same of a wrong account, a wrong secret and an ACL. */
  | { readonly kind: 'login-refused' }
  /** Logged in, but the account may not list what there is. */
  | { readonly kind: 'permission-denied' }
  /** Logged in, but Asterisk is still loading: no list can be believed yet. */
  | { readonly kind: 'booting' }
  /** Connected, but a Ping or the login is not answered: a half-open link, or a stopped Asterisk. */
  | { readonly kind: 'unresponsive' }
  /** A block or a list was larger than any Asterisk's, and the link was given up. */
  | { readonly kind: 'overrun' }
  | { readonly kind: 'live' }
  | { readonly kind: 'closed' };
