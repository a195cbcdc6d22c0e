import { type Board, linkOf } from '@lampboard/model';
import type { Extension, LinkStatus } from '@lampboard/protocol';

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
  | Readonly<{ state: 'down'; since: number; reason: DownReason; failures: number }>;

export interface LiveState {
  /** Null before the first snapshot; the last known board while disconnected. Its extensions change in place. */
  readonly board: Board | null;
  readonly connection: Connection;
  /** Milliseconds by which the gateway's clock is ahead of the browser's. */
  readonly clockOffset: number;
}

/** The link of the gateway to Asterisk; undefined before the first snapshot. */
export const asteriskLink = ({ board }: LiveState): LinkStatus | undefined =>
  board === null ? undefined : linkOf(board.pbxs.values());

/** True if the board shows the current state of Asterisk. */
export const isLive = (state: LiveState): boolean =>
  state.connection.state === 'connected' && asteriskLink(state)?.state === 'live';

/** Returns since when the board is not live, by the gateway's clock; null while it is live. */
export function offlineSince(state: LiveState): number | null {
  const { connection, clockOffset } = state;
  const asterisk = asteriskLink(state);
  const page = connection.state === 'down' ? connection.since + clockOffset : null;
  const link = asterisk?.state === 'down' ? asterisk.since : null;
  if (page === null || link === null) return page ?? link;
  return Math.min(page, link);
}

const NO_EXTENSIONS: ReadonlyMap<string, Extension> = new Map();

export const extensionsOf = ({ board }: LiveState): ReadonlyMap<string, Extension> =>
  board?.extensions ?? NO_EXTENSIONS;
