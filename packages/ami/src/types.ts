/** Headers of an event or a response by lower-case name; repeated headers are joined by LF. */
export type AmiFields = Readonly<Record<string, string>>;

export interface AmiEvent {
  readonly name: string;
  readonly fields: AmiFields;
}

/** The lines of an item of a list, as Asterisk wrote them. */
export type AmiBlock = readonly string[];

/** Headers of an action, `Action` first; the client adds the ActionID. */
export type AmiAction = Readonly<Record<string, string>>;

/** An event to receive. Header names are in Asterisk's spelling. A tainted stream is trusted again after the next reply. */
export interface EventSubscription {
  readonly name: string;
  /** Headers that identify the subject. They are all that the client passes on of an untrusted event. */
  readonly identifiedBy: readonly string[];
  /**
   * A header after all unescaped user text, which in turn cannot contain `<lastHeader>: `. A block of this name without it
   * is truncated by CRLF CRLF in such text: an event is dropped, a list item is accepted, and both taint the stream.
   */
  readonly lastHeader?: string;
  /** Values of `header` that start with `prefix` contain dialled text: such an event is dropped, and taints the stream. */
  readonly spoofable?: { readonly header: string; readonly prefix: string };
}

/** A list whose items, named by `identifiedBy`, change only with Asterisk's configuration. */
interface BootList {
  readonly action: string;
  readonly identifiedBy: readonly string[];
}

interface SubscribedClasses {
  /** Classes of these events, such as `call`, beside `system`; an account with more rights is not sent the rest. */
  readonly eventClasses: readonly string[];
}

/** The events, lists and replies that a client uses, such as those of lamps. */
export interface EventProfile extends SubscribedClasses {
  readonly trusts: 'events';
  /** Events to receive; Asterisk drops all others where the account may use `Filter`. */
  readonly subscriptions: readonly EventSubscription[];
  /** Where `FullyBooted` is missing or untrusted, two consecutive loads that agree replace it. */
  readonly bootLists: readonly [BootList, ...BootList[]];
  /** Headers that are sent back to Asterisk, which would not find them decoded as Windows-1252: always UTF-8. */
  readonly identifierHeaders: readonly string[];
  /** True for actions whose reply or list contains unescaped user text: both taint the stream. */
  readonly echoesUserText: (action: AmiAction) => boolean;
}

/**
 * For events and lists in which callers type, such as those of calls. No event is believed: each only signals that lists may
 * have changed. Lists are read as {@link AmiBlock}s, so that a split item can be detected.
 */
export interface ReplyProfile extends SubscribedClasses {
  readonly trusts: 'replies';
  /**
   * Events after which lists may have changed; Asterisk drops all others where the account may use `Filter`. Those with
   * identifying headers are passed on as untrusted.
   */
  readonly signals: readonly Pick<EventSubscription, 'name' | 'identifiedBy'>[];
}

export type AmiProfile = EventProfile | ReplyProfile;

type AmiErrorCode =
  /** There is no live session; nothing was sent. */
  | 'not-connected'
  /** A value contains CR, LF or NUL, or exceeds Asterisk's limits; nothing was sent. */
  | 'invalid-action'
  /** Asterisk answered `Error` with this `message`. */
  | 'rejected'
  | 'permission-denied'
  /** No reply in time, or the link was lost before it: the outcome is unknown. */
  | 'timeout'
  /** The end of a list counts other items than arrived. */
  | 'incomplete'
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
  /** Asterisk closed the connection before the login, as over its `authlimit`, or its port does not speak TLS. */
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
  /** Lists loaded so far may be incomplete, or have changed: load them again. */
  onResyncNeeded(): void;
}
