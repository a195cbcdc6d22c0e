import * as z from 'zod/mini';
import { actor } from '../presence/actor.ts';
import { kind } from './kind.ts';
import { returnTime } from '../presence/return-time.ts';
import { presence } from '../presence/presence.ts';

/** BLF device states; `unknown` stands for everything that Asterisk did not report. */
export const LAMPS = [
  'idle',
  'in-use',
  'busy',
  'unavailable',
  'ringing',
  'in-use-ringing',
  'on-hold',
  'in-use-on-hold',
  'unknown',
] as const;
export type Lamp = (typeof LAMPS)[number];

/** Milliseconds since 1970 by the gateway's clock; null where the change was not observed. */
const nullableTimestamp = z.nullable(z.number());

/** The person at an extension; unknown texts are empty. */
export const person = z.readonly(
  z.object({
    name: z.string(),
    department: z.string(),
    email: z.string(),
    mobile: z.string(),
    /** The id of the extension that takes over; it may not be on the board. */
    deputy: z.optional(z.string()),
    /** The photo's hash, by which it is found at {@link photoPath}. */
    photo: z.optional(z.string()),
  }),
);
export type Person = z.infer<typeof person>;

export const photoPath = (hash: string) => `/api/photos/${hash}`;

/** The phones of an entry, where its lamp does not tell all: other devices are joined with them, or a feature is on. */
export const phone = z.readonly(
  z.object({
    /** The state of the phones alone, aggregated as Asterisk does; null without a phone, absent where it is the entry's. */
    lamp: z.optional(z.nullable(z.enum(LAMPS))),
    dnd: z.boolean(),
    /** All calls are forwarded; absent where they are not. */
    forwarded: z.optional(z.boolean()),
    /** The number that they are forwarded to; absent where Asterisk does not tell it. */
    forwardedTo: z.optional(z.string()),
    /** Calls ring at further phones too; absent where they do not. */
    followMe: z.optional(z.boolean()),
  }),
);
export type Phone = z.infer<typeof phone>;

/** One entry of the board: a dialplan hint, and the further hints of the same devices and presence. */
export const extension = z.object({
  /** `exten@context`, or `pbx/exten@context` where there are several PBXs. */
  id: z.string(),
  exten: z.string(),
  context: z.string(),
  kind,
  /** True for a parking lot, whose lamp joins those of its slots; absent for all else. */
  lot: z.optional(z.boolean()),
  /** Ids of the further hints, such as an intercom key; absent where there are none. */
  aliases: z.optional(z.readonly(z.array(z.string()))),
  person,
  lamp: z.enum(LAMPS),
  lampSince: nullableTimestamp,
  /** Absent where the lamp is the phones', null where no device is a phone. */
  phone: z.optional(z.nullable(phone)),
  /** Such as `CustomPresence:1101`; null where the hint has none. */
  provider: z.nullable(z.string()),
  /** Null without a provider, and where Asterisk does not report its state. */
  presence: z.nullable(presence),
  presenceSetAt: nullableTimestamp,
  /** Null where the actor is unknown. */
  presenceSetBy: z.nullable(actor),
  returnTime: z.nullable(returnTime),
});
export type Extension = Readonly<z.infer<typeof extension>>;
