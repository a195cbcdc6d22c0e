import * as z from 'zod/mini';
import { SETTABLE_STATES } from '../extensions/states.ts';

/** A return time may lie so many milliseconds ahead at most. */
export const MAX_RETURN_TIME_AHEAD_MS = 400 * 24 * 3_600_000;

/**
 * When somebody said to be back, in milliseconds since 1970, and the presence that is then set by itself, without
 * subtype and message; null: none, and from that moment on they are late. It stands as long as the presence it was set
 * with.
 */
export const returnTime = z.readonly(
  z.object({ at: z.int(), thenState: z.nullable(z.enum(SETTABLE_STATES)) }),
);
export type ReturnTime = z.infer<typeof returnTime>;

export function sameReturnTime(a: ReturnTime | null, b: ReturnTime | null): boolean {
  return a?.at === b?.at && a?.thenState === b?.thenState;
}
