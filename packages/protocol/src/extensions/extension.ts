import * as z from 'zod/mini';
import { actor } from '../presence/actor.ts';
import { returnTime } from '../presence/return-time.ts';
import { presence } from '../presence/presence.ts';
import { LAMPS } from './states.ts';

/** Milliseconds since 1970 by the gateway's clock; null while nobody saw when it began. */
export const nullableTimestamp = z.nullable(z.number());

/** Who sits at an extension; the empty string where it is not known. */
export const person = z.readonly(
  z.object({ name: z.string(), department: z.string(), email: z.string(), mobile: z.string() }),
);
export type Person = z.infer<typeof person>;

/** The real telephones of a hint that joins them with other devices, such as FreePBX's `Custom:DND1101`. */
export const phone = z.readonly(
  z.object({
    /** What they do by themselves, joined as Asterisk joins them. */
    lamp: z.enum(LAMPS),
    /** A device for “do not disturb” is on. */
    dnd: z.boolean(),
  }),
);
export type Phone = z.infer<typeof phone>;

/** One hint of the dialplan, as the board shows it. */
export const extension = z.readonly(
  z.object({
    /** `exten@context`, the row's identity. */
    id: z.string(),
    exten: z.string(),
    context: z.string(),
    person,
    lamp: z.enum(LAMPS),
    lampSince: nullableTimestamp,
    /** Absent where the lamp is that of telephones alone, null where there is no telephone behind the hint. */
    phone: z.optional(z.nullable(phone)),
    /** The presence provider of the hint, such as `CustomPresence:1101`; null where the hint has none. */
    provider: z.nullable(z.string()),
    /** Null where there is no provider, or one of which Asterisk tells nothing. */
    presence: z.nullable(presence),
    presenceSetAt: nullableTimestamp,
    /** Null where nobody saw who set it. */
    presenceSetBy: z.nullable(actor),
    returnTime: z.nullable(returnTime),
  }),
);
export type Extension = z.infer<typeof extension>;
