import * as z from 'zod/mini';
import { actor } from '../presence/actor.ts';
import { returnTime } from '../presence/return-time.ts';
import { linkStatus } from '../health/asterisk-link.ts';
import { presence } from '../presence/presence.ts';
import { extension, person, phone, nullableTimestamp, LAMPS } from '../extensions/extension.ts';

/** One change of the board; those of a delta are applied in order. */
export const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('put'), extension }),
  z.object({ kind: z.literal('remove'), id: z.string() }),
  z.object({ kind: z.literal('lamp'), id: z.string(), lamp: z.enum(LAMPS), since: nullableTimestamp }),
  z.object({
    kind: z.literal('presence'),
    id: z.string(),
    presence: z.nullable(presence),
    since: nullableTimestamp,
    setBy: z.nullable(actor),
    returnTime: z.nullable(returnTime),
  }),
  z.object({ kind: z.literal('phone'), id: z.string(), phone: z.optional(z.nullable(phone)) }),
  z.object({ kind: z.literal('person'), id: z.string(), person }),
  z.object({ kind: z.literal('link'), link: linkStatus }),
]);
export type Change = Readonly<z.infer<typeof change>>;

/** `version` is null where Asterisk did not report it; `demo`: the embedded demo PBX. */
const pbxInfo = z.readonly(z.object({ version: z.nullable(z.string()), demo: z.boolean() }));
export type PbxInfo = z.infer<typeof pbxInfo>;

/**
 * The whole board. `epoch` changes at each gateway start and each full list after an outage; `seq` counts the deltas
 * within an epoch. `time` is the gateway's clock, in milliseconds since 1970.
 */
export const snapshot = z.readonly(
  z.object({
    epoch: z.string(),
    seq: z.number(),
    time: z.number(),
    pbx: pbxInfo,
    link: linkStatus,
    extensions: z.array(extension),
  }),
);
export type Snapshot = z.infer<typeof snapshot>;

/** The changes that lead from `seq - 1` to `seq` within an epoch. */
export const delta = z.readonly(z.object({ epoch: z.string(), seq: z.number(), changes: z.array(change) }));
export type Delta = z.infer<typeof delta>;
