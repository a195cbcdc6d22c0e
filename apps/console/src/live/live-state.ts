import type { Board } from '@lampboard/board';
import type { ExtensionRow } from '@lampboard/protocol';

/** Why this page has no connection to the gateway. */
export type DownReason =
  | 'connecting'
  /** There was a connection, and it broke or went silent. */
  | 'lost'
  /** The browser itself says that it has no network. */
  | 'offline'
  /** The gateway sends what this page does not understand: one of the two is newer. */
  | 'incompatible';

/** The connection between this page and the gateway; `since` is in milliseconds since 1970 by the browser's clock. */
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
   * Null until the first snapshot. While the link is down it is the last known board. Its rows are one map, which
   * changes in place: who keeps it, copies it.
   */
  readonly board: Board | null;
  readonly connection: Connection;
  /** Milliseconds by which the gateway's clock is ahead of the browser's. */
  readonly clockOffset: number;
}

/** Whether everything on the board is what Asterisk says now. */
export function isLive({ board, connection }: LiveState): boolean {
  return connection.state === 'connected' && board?.link.state === 'live';
}

/** Since when nothing on the board is live, by the gateway's clock; null while it is live. */
export function downSince({ board, connection, clockOffset }: LiveState): number | null {
  const page = connection.state === 'down' ? connection.since + clockOffset : null;
  const link = board?.link.state === 'down' ? board.link.since : null;
  if (page === null || link === null) return page ?? link;
  return Math.min(page, link);
}

const NO_ROWS: ReadonlyMap<string, ExtensionRow> = new Map();

export function rowsOf({ board }: LiveState): ReadonlyMap<string, ExtensionRow> {
  return board?.rows ?? NO_ROWS;
}
