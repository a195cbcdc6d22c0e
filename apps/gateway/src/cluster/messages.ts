import { author, frame, setPresence, setPresenceReply, snapshot } from '@lampboard/protocol';
import { z } from 'zod';

const base = { from: z.string() };
const toOne = { ...base, to: z.string() };
/** Milliseconds by a monotonic clock. */
const elapsed = z.number();

/** What gateways tell each other, every one hearing all of it. `from` and `to` are the ids of gateways. */
const message = z.discriminatedUnion('kind', [
  /** To the reader: how far is the board? Where `isWhole`, it is sent before the answer. */
  z.object({ kind: z.literal('ask'), ...toOne, at: elapsed, isWhole: z.boolean() }),
  /** The answer: `at` is as it was asked, `elapsed` shows the reader's clock. */
  z.object({
    kind: z.literal('told'),
    ...toOne,
    at: elapsed,
    elapsed,
    epoch: z.string(),
    seq: z.number(),
  }),
  z.object({ kind: z.literal('snapshot'), ...base, snapshot }),
  z.object({ kind: z.literal('frame'), ...base, frame }),
  /** To the reader: at `deadline`, by its clock, whoever wants this edit has given up. */
  z.object({
    kind: z.literal('edit'),
    ...toOne,
    id: z.string(),
    command: setPresence,
    by: author,
    deadline: elapsed,
  }),
  z.object({ kind: z.literal('edited'), ...toOne, id: z.string(), reply: setPresenceReply }),
  /** To the reader: try Asterisk at once. */
  z.object({ kind: z.literal('reconnect'), ...toOne }),
]);
export type Message = z.infer<typeof message>;

/** Null for what is none of ours, such as another version's. */
export function readMessage(raw: unknown): Message | null {
  const parsed = message.safeParse(raw);
  return parsed.success ? parsed.data : null;
}
