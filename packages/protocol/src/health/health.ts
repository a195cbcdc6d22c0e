import * as z from 'zod/mini';
import { LINK_REASONS } from '../pbx/pbx.ts';

export const HEALTH_INTERVAL_MS = 10_000;
/** Samples are stored in memory only. */
export const HEALTH_RETENTION_MS = 3_600_000;

/** Figures of the interval that ends at `timestamp`, in milliseconds since 1970. */
const healthSample = z.readonly(
  z.object({
    timestamp: z.number(),
    /** AMI events and board changes per second. */
    events: z.number(),
    changes: z.number(),
    /** Milliseconds from an AMI event to its broadcast delta; null without a delta. */
    updateLatency: z.nullable(z.readonly(z.object({ p50: z.number(), p99: z.number() }))),
    clients: z.number(),
    /** Failed commands and sign-ins, by code. */
    failures: z.readonly(z.record(z.string(), z.number())),
    storeFailures: z.number(),
    /** Share of one core, 0 to 1. */
    cpu: z.number(),
    /** Bytes. */
    memory: z.number(),
  }),
);
export type HealthSample = z.infer<typeof healthSample>;

/** `reason` is null while the link was live. */
const linkInterval = z.readonly(
  z.object({ startedAt: z.number(), reason: z.nullable(z.enum(LINK_REASONS)) }),
);
export type LinkStateInterval = z.infer<typeof linkInterval>;

const pbxHealth = z.readonly(
  z.object({
    id: z.string(),
    name: z.string(),
    /** AMI address `host:port`; null for the demo PBX. */
    asterisk: z.nullable(z.string()),
    link: z.readonly(z.array(linkInterval)),
  }),
);
export type PbxHealth = z.infer<typeof pbxHealth>;

/** The last hour of one gateway, oldest first; `time` is its clock. */
export const health = z.readonly(
  z.object({
    time: z.number(),
    pbxs: z.readonly(z.array(pbxHealth)),
    samples: z.readonly(z.array(healthSample)),
  }),
);
export type Health = z.infer<typeof health>;
