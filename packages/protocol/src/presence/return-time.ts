import * as z from 'zod/mini';
import { SETTABLE_STATES } from './states.ts';

export const MAX_RETURN_TIME_AHEAD_MS = 400 * 24 * 3_600_000;

/**
 * The expected return, in milliseconds since 1970, and the state that the gateway then sets. Without `thenState` the
 * person is overdue from `at` on. A return time ends with the presence that it was set with.
 */
export const returnTime = z.readonly(
  z.object({ at: z.int(), thenState: z.nullable(z.enum(SETTABLE_STATES)) }),
);
export type ReturnTime = z.infer<typeof returnTime>;

export function sameReturnTime(a: ReturnTime | null, b: ReturnTime | null): boolean {
  return a?.at === b?.at && a?.thenState === b?.thenState;
}
