import type { Me } from '../accounts/account.ts';
import type { CommandName, CommandReply, CommandRequest } from '../commands.ts';
import type { Delta, Snapshot } from './sync.ts';
import type { UserSettings } from '../preferences/user-settings.ts';

/**
 * What the gateway sends; each is checked against its schema where it arrives. `me` comes first, and when rights change;
 * `own` follows, and comes again when the account changes it, at whichever computer.
 */
export interface ServerToClient {
  me: (me: Me) => void;
  settings: (settings: UserSettings) => void;
  snapshot: (snapshot: Snapshot) => void;
  delta: (delta: Delta) => void;
}

type Commands = {
  [N in CommandName]: (request: CommandRequest<N>, reply: (reply: CommandReply<N>) => void) => void;
};

/** What the console sends. `resync` asks for a fresh `snapshot`; `reconnect` asks the gateway to try Asterisk at once. */
export interface ClientToServer extends Commands {
  resync: () => void;
  reconnect: () => void;
}

/** The gateway pings each console so often, in milliseconds. */
export const PING_INTERVAL_MS = 600;
/** A board whose console has heard no ping for so many milliseconds is not live any more. */
export const SERVER_TIMEOUT_MS = 1600;
/** The gateway waits longer for an answer, in milliseconds: on a slow line a ping comes after all of a large board. */
export const PING_TIMEOUT_MS = 5000;
