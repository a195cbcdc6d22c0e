/** A user of manager.conf. */
export interface DemoUser {
  username: string;
  secret: string;
  /** Classes, or `all`. */
  read: readonly string[];
  write: readonly string[];
  /** Filters as in manager.conf: a regular expression, with `!` before it what matches is dropped. */
  eventfilter?: readonly string[];
  /** The address is refused by the user's access list, whatever the secret. */
  deny?: boolean;
}
