import type { Board } from '@lampboard/model';
import type { Extension } from '@lampboard/protocol';

export type DownReason =
  | 'connecting'
  /** The connection broke or timed out. */
  | 'lost'
  /** The browser reports no network. */
  | 'offline'
  /** A message of the gateway is invalid: page and gateway have different versions. */
  | 'incompatible';

/** The connection to the gateway; `since` is in milliseconds since 1970 by the browser's clock. */
export type Connection =
  | { readonly state: 'connected' }
  | {
      readonly state: 'down';
      readonly since: number;
      readonly reason: DownReason;
      readonly failures: number;
    };

export interface LiveState {
  /**
   * Null before the first snapshot; the last known board while disconnected. Its map of extensions changes in place.
   */
  readonly board: Board | null;
  readonly connection: Connection;
  /** Milliseconds by which the gateway's clock is ahead of the browser's. */
  readonly clockOffset: number;
}

/** Whether the board shows the current state of Asterisk. */
export function isLive({ board, connection }: LiveState): boolean {
  return connection.state === 'connected' && board?.link.state === 'live';
}

/** Returns since when the board is not live, by the gateway's clock; null while it is live. */
export function offlineSince({ board, connection, clockOffset }: LiveState): number | null {
  const page = connection.state === 'down' ? connection.since + clockOffset : null;
  const link = board?.link.state === 'down' ? board.link.since : null;
  if (page === null || link === null) return page ?? link;
  return Math.min(page, link);
}

const NO_EXTENSIONS: ReadonlyMap<string, Extension> = new Map();

export function extensionsOf({ board }: LiveState): ReadonlyMap<string, Extension> {
  return board?.extensions ?? NO_EXTENSIONS;
}
