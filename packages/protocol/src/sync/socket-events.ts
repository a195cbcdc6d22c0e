import type { Me } from '../accounts/account.ts';
import type { Delta, Snapshot } from './sync.ts';
import type { UserSettings } from '../preferences/user-settings.ts';

/**
 * Events that the gateway sends; the client checks each against its schema. `me` comes first and when rights change,
 * then `settings`, which is sent again to all clients of an account that changes them.
 */
export interface ServerToClient {
  me: (me: Me) => void;
  settings: (settings: UserSettings) => void;
  snapshot: (snapshot: Snapshot) => void;
  delta: (delta: Delta) => void;
}

/** Events that clients send; commands go over HTTP. `resync` requests a `snapshot`; `reconnect` makes the gateway reconnect to Asterisk now. */
export interface ClientToServer {
  resync: () => void;
  reconnect: () => void;
}

export const PING_INTERVAL_MS = 600;
/** A client without a ping for this long is no longer live. */
export const SERVER_TIMEOUT_MS = 1600;
/** The gateway waits longer for a pong: on a slow line a ping waits behind a large snapshot. */
export const PING_TIMEOUT_MS = 5000;
