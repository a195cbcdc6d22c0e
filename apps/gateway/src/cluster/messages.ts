import { actor, delta, setPresence, setPresenceReply, snapshot } from '@lampboard/protocol';
import { z } from 'zod';

const sender = { from: z.string() };
const addressed = { ...sender, to: z.string() };
/** Milliseconds by the leader's or the sender's monotonic clock. */
const monotonicMs = z.number();

/** Messages about one PBX, broadcast to all gateways. `from` and `to` are gateway ids. */
const messageSchema = z.discriminatedUnion('kind', [
  /** To the leader: requests its position, and a snapshot before it if `withSnapshot`. */
  z.object({
    kind: z.literal('state-request'),
    ...addressed,
    requestedAt: monotonicMs,
    withSnapshot: z.boolean(),
  }),
  /** Reply of the leader; `requestedAt` is repeated from the request. */
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
  /** To the leader: an edit that must start before `deadline` by the leader's clock. */
  z.object({
    kind: z.literal('edit'),
    ...addressed,
    id: z.string(),
    command: setPresence,
    actor: actor,
    deadline: monotonicMs,
  }),
  z.object({ kind: z.literal('edit-result'), ...addressed, id: z.string(), reply: setPresenceReply }),
  /** To the leader. */
  z.object({ kind: z.literal('reconnect'), ...addressed }),
]);
export type Message = z.infer<typeof messageSchema>;

const envelopeSchema = z.object({ pbxId: z.string(), message: messageSchema });
export type Envelope = z.infer<typeof envelopeSchema>;

/** Returns null for invalid messages, such as another version's. */
export function readEnvelope(raw: unknown): Envelope | null {
  const parsed = envelopeSchema.safeParse(raw);
  return parsed.success ? parsed.data : null;
}
