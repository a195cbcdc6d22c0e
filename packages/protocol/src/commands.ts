import * as z from 'zod/mini';
import type { Frame, Snapshot } from './live.ts';
import type { Presence } from './presence.ts';
import { ERROR_CODES } from './result.ts';
import { presence } from './row.ts';

/**
 * Sets the presence of one extension. `base` is the presence that the editor started from: where Asterisk holds
 * another by now, the answer is `conflict` with the current one, and nothing is written.
 */
export const setPresence = z.readonly(
  z.object({
    id: z.string(),
    presence: z.object({ state: z.string(), subtype: z.string(), message: z.string() }),
    base: presence,
  }),
);
export type SetPresence = z.infer<typeof setPresence>;

/** `ok` only after Asterisk has stored the presence and read it back. `current` comes with `conflict` and `overtaken`. */
export const setPresenceReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), presence }),
  z.object({
    ok: z.literal(false),
    code: z.enum(ERROR_CODES),
    message: z.string(),
    current: z.optional(presence),
  }),
]);
export type SetPresenceReply =
  | { readonly ok: true; readonly presence: Presence }
  | {
      readonly ok: false;
      readonly code: (typeof ERROR_CODES)[number];
      readonly message: string;
      readonly current?: Presence | undefined;
    };

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
