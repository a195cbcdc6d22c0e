import * as z from 'zod/mini';

/** The state of a line, by its channel. */
export const CALL_STATES = [
  'dialling',
  'ringing',
  'talking',
  /** By the other party. */
  'held',
  /** The other party. */
  'holding',
  'parked',
  /** In a queue. */
  'waiting',
  'conference',
  'voicemail',
  'menu',
] as const;
export type CallState = (typeof CALL_STATES)[number];

/** The owner or the other party of a line. Number and name are empty where unknown, withheld or hidden from the reader. */
export const callParty = z.readonly(
  z.object({
    /** As dialled, or as the caller sent it: without {@link UNSAFE_IN_NUMBER}. */
    number: z.string(),
    /** As the caller sent it, without control characters. */
    name: z.string(),
    /** The entry of the board that it is; absent outside. */
    extension: z.optional(z.string()),
    /** Absent where the number is not withheld. */
    withheld: z.optional(z.boolean()),
  }),
);
export type CallParty = z.infer<typeof callParty>;

/** Dropped from numbers, which a caller may set to any text. */
export const UNSAFE_IN_NUMBER = /[^\w+*#.-]/gu;

/** Milliseconds since 1970 by the gateway's clock. */
const timestamp = z.number();

/** Where and until when a call is parked. */
export const parking = z.readonly(
  z.object({
    lot: z.string(),
    slot: z.string(),
    /** Null where Asterisk does not name a phone. */
    by: z.nullable(callParty),
    /** When it rings the parker again; null where it never does. */
    returnsAt: z.nullable(timestamp),
  }),
);
export type Parking = z.infer<typeof parking>;

/** One line of one party: a channel of Asterisk. `Local` channels, which only connect others, are no lines. */
export const call = z.object({
  /** The channel's Uniqueid, after `pbx/` where there are several PBXs. */
  id: z.string(),
  /** Ids of the entries whose device it is; empty for an outside line. */
  extensions: z.readonly(z.array(z.string())),
  /** The owner of an outside line; absent where it has entries. */
  self: z.optional(callParty),
  state: z.enum(CALL_STATES),
  incoming: z.boolean(),
  /** Of the talk once it is answered, of parking while parked, else of the line; null where unknown. */
  since: z.nullable(timestamp),
  /** True where the talk may have begun before `since`. */
  sinceAtLeast: z.optional(z.boolean()),
  /** The other party; null where there is none, or it is unknown. */
  party: z.nullable(callParty),
  /** True for a held line that holds the other party too. */
  holding: z.optional(z.boolean()),
  /** True while the own phone rings for a call that is to be placed. */
  ownPhone: z.optional(z.boolean()),
  /** The queue that it waits in, or that rings or connected it. Empty, as are names and numbers below, where hidden from the reader. */
  queue: z.optional(z.string()),
  /** The conference. */
  room: z.optional(z.string()),
  /** People in the conference, this one included. */
  members: z.optional(z.number()),
  parking: z.optional(parking),
  /** The mailbox that a message is left for; absent while listening to messages. */
  mailbox: z.optional(z.string()),
});
export type Call = Readonly<z.infer<typeof call>>;
