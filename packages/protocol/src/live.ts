import * as z from 'zod/mini';
import { author } from './author.ts';
import { back } from './back.ts';
import { linkStatus } from './link.ts';
import { presence } from './presence.ts';
import { extensionRow, person, phone } from './row.ts';
import { since } from './since.ts';
import { LAMPS } from './vocabulary.ts';

/** One step of the board. Applied in order, the changes of a frame lead from one `seq` to the next. */
export const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('put'), row: extensionRow }),
  z.object({ kind: z.literal('remove'), id: z.string() }),
  z.object({ kind: z.literal('lamp'), id: z.string(), lamp: z.enum(LAMPS), since }),
  z.object({
    kind: z.literal('presence'),
    id: z.string(),
    presence: z.nullable(presence),
    since,
    by: z.nullable(author),
    back: z.nullable(back),
  }),
  z.object({ kind: z.literal('phone'), id: z.string(), phone: z.optional(z.nullable(phone)) }),
  z.object({ kind: z.literal('person'), id: z.string(), person }),
  z.object({ kind: z.literal('link'), link: linkStatus }),
]);
export type Change = Readonly<z.infer<typeof change>>;

/** The PBX behind the board: its version where Asterisk told it, and whether it is the embedded demonstration. */
const pbxInfo = z.readonly(z.object({ version: z.nullable(z.string()), demo: z.boolean() }));
export type PbxInfo = z.infer<typeof pbxInfo>;

/**
 * The whole board. `epoch` is new at each gateway start and each time Asterisk was listed afresh after an outage;
 * `seq` counts the frames within an epoch. `time` is the gateway's clock in milliseconds since 1970, against which
 * every `since` counts.
 */
export const snapshot = z.readonly(
  z.object({
    epoch: z.string(),
    seq: z.number(),
    time: z.number(),
    pbx: pbxInfo,
    link: linkStatus,
    rows: z.array(extensionRow),
  }),
);
export type Snapshot = z.infer<typeof snapshot>;

/** The changes that lead from `seq - 1` to `seq` within an epoch. */
export const frame = z.readonly(z.object({ epoch: z.string(), seq: z.number(), changes: z.array(change) }));
export type Frame = z.infer<typeof frame>;
