import type { Me } from './account.ts';
import type { CommandName, CommandReply, CommandRequest } from './commands.ts';
import type { Frame, Snapshot } from './live.ts';
import type { OwnBoard } from './own-board.ts';

/**
 * What the gateway sends; each is checked against its schema where it arrives. `me` comes first, and when rights change;
 * `own` follows, and comes again when the account changes it, at whichever computer.
 */
export interface ServerToClient {
  me: (me: Me) => void;
  own: (own: OwnBoard) => void;
  snapshot: (snapshot: Snapshot) => void;
  frame: (frame: Frame) => void;
}

type Commands = {
  [N in CommandName]: (request: CommandRequest<N>, reply: (reply: CommandReply<N>) => void) => void;
};

/** What the console sends. `resync` asks for a fresh `snapshot`; `reconnect` asks the gateway to try Asterisk at once. */
export interface ClientToServer extends Commands {
  resync: () => void;
  reconnect: () => void;
}

/** The gateway pings each console so often, and either side gives the other up after both times together, in milliseconds. */
export const PING_INTERVAL_MS = 600;
export const PING_TIMEOUT_MS = 1000;
