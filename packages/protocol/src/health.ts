import * as z from 'zod/mini';
import { LINK_REASONS } from './sync/asterisk-link.ts';

/** Milliseconds between two points of the gateway's health, and for how long they are kept, in memory only. */
export const HEALTH_INTERVAL_MS = 10_000;
export const HEALTH_RETENTION_MS = 3_600_000;

/** How it went between the point before and `at`, in milliseconds since 1970. */
const healthSample = z.readonly(
  z.object({
    timestamp: z.number(),
    /** AMI events and changes of the board, a second. */
    events: z.number(),
    changes: z.number(),
    /** Milliseconds from reading an event to its frame given to the sockets; null where no frame was sent. */
    updateLatency: z.nullable(z.readonly(z.object({ p50: z.number(), p99: z.number() }))),
    /** Connected at the end of that time. */
    clients: z.number(),
    /** Commands and sign-ins that were refused, by code. */
    failures: z.readonly(z.record(z.string(), z.number())),
    /** Writes to the store that failed. */
    storeFailures: z.number(),
    /** Of one processor core, 1 is all of it. */
    cpu: z.number(),
    /** Bytes of memory in use at the end of that time. */
    memory: z.number(),
  }),
);
export type HealthSample = z.infer<typeof healthSample>;

/** From `at` on the link to Asterisk was so; the reason is null where it was live. */
const linkInterval = z.readonly(
  z.object({ startedAt: z.number(), reason: z.nullable(z.enum(LINK_REASONS)) }),
);
export type LinkStateInterval = z.infer<typeof linkInterval>;

/** The last hour of the gateway that was asked, the oldest first, as far as it has been running; `time` is its clock. */
export const health = z.readonly(
  z.object({
    time: z.number(),
    /** The address of AMI, `host:port`; null for the demo PBX. */
    asterisk: z.nullable(z.string()),
    link: z.readonly(z.array(linkInterval)),
    samples: z.readonly(z.array(healthSample)),
  }),
);
export type Health = z.infer<typeof health>;
