import * as z from 'zod/mini';
import type { Frame, Snapshot } from './live.ts';
import { presence, wantedPresence } from './presence.ts';
import { FAILURE_CODES } from './result.ts';

/**
 * Sets the presence of one extension. `base` is the presence that the editor started from: where Asterisk holds
 * another by now, the answer is `conflict` with the current one, and nothing is written.
 */
export const setPresence = z.readonly(z.object({ id: z.string(), presence: wantedPresence, base: presence }));
export type SetPresence = z.infer<typeof setPresence>;

/**
 * `ok` only after Asterisk has stored the presence and read it back. `conflict`: it was changed elsewhere before, and
 * nothing was written; `overtaken`: it was written, and another change replaced it at once. Both come with what
 * Asterisk holds.
 */
export const setPresenceReply = z.union([
  z.readonly(z.object({ ok: z.literal(true), presence })),
  z.readonly(
    z.object({
      ok: z.literal(false),
      code: z.enum(['conflict', 'overtaken']),
      message: z.string(),
      current: presence,
    }),
  ),
  z.readonly(z.object({ ok: z.literal(false), code: z.enum(FAILURE_CODES), message: z.string() })),
]);
export type SetPresenceReply = z.infer<typeof setPresenceReply>;

/** What the gateway sends. Both are checked against their schemas where they arrive. */
export interface ServerToClient {
  snapshot: (snapshot: Snapshot) => void;
  frame: (frame: Frame) => void;
}

/** What the console sends. `resync` asks for a fresh `snapshot`; `reconnect` asks the gateway to try Asterisk at once. */
export interface ClientToServer {
  resync: () => void;
  reconnect: () => void;
  'set-presence': (command: SetPresence, reply: (reply: SetPresenceReply) => void) => void;
}

/** Milliseconds after which the gateway answers `timeout` to a command; the console waits a little longer. */
export const COMMAND_TIMEOUT_MS = 5000;

/** The gateway pings each console so often, and either side gives the other up after both times together, in milliseconds. */
export const PING_INTERVAL_MS = 800;
export const PING_TIMEOUT_MS = 1200;
