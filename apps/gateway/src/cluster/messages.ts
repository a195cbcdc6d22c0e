import { actor, delta, setPresence, setPresenceReply, snapshot } from '@lampboard/protocol';
import { z } from 'zod';

const sender = { from: z.string() };
const addressed = { ...sender, to: z.string() };
/** Milliseconds by a monotonic clock. */
const monotonicMs = z.number();

/** What gateways tell each other, every one hearing all of it. `from` and `to` are the ids of gateways. */
const messageSchema = z.discriminatedUnion('kind', [
  /** To the reader: how far is the board? Where `isWhole`, it is sent before the answer. */
  z.object({
    kind: z.literal('state-request'),
    ...addressed,
    requestedAt: monotonicMs,
    withSnapshot: z.boolean(),
  }),
  /** The answer: `at` is as it was asked, `elapsed` shows the reader's clock. */
  z.object({
    kind: z.literal('state'),
    ...addressed,
    requestedAt: monotonicMs,
    leaderClock: monotonicMs,
    epoch: z.string(),
    seq: z.number(),
  }),
  z.object({ kind: z.literal('snapshot'), ...sender, snapshot }),
  z.object({ kind: z.literal('delta'), ...sender, delta }),
  /** To the reader: at `deadline`, by its clock, whoever wants this edit has given up. */
  z.object({
    kind: z.literal('edit'),
    ...addressed,
    id: z.string(),
    command: setPresence,
    actor: actor,
    deadline: monotonicMs,
  }),
  z.object({ kind: z.literal('edit-result'), ...addressed, id: z.string(), reply: setPresenceReply }),
  /** To the reader: try Asterisk at once. */
  z.object({ kind: z.literal('reconnect'), ...addressed }),
]);
export type Message = z.infer<typeof messageSchema>;

/** Null for what is none of ours, such as another version's. */
export function readMessage(raw: unknown): Message | null {
  const parsed = messageSchema.safeParse(raw);
  return parsed.success ? parsed.data : null;
}
