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

/** The gateway pings each console so often, in milliseconds. */
export const PING_INTERVAL_MS = 600;
/** A board whose console has heard no ping for so many milliseconds is not live any more. */
export const SILENCE_MS = 1600;
/** The gateway waits longer for an answer, in milliseconds: on a slow line a ping comes after all of a large board. */
export const PING_TIMEOUT_MS = 5000;
