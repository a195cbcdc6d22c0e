import * as z from 'zod/mini';
import { SETTABLE_STATES } from './vocabulary.ts';

/** A return time may lie so many milliseconds ahead at most. */
export const BACK_AHEAD_MS = 400 * 24 * 3_600_000;

/**
 * When somebody said to be back, in milliseconds since 1970, and the presence that is then set by itself, without
 * subtype and message; null: none, and from that moment on they are late. It stands as long as the presence it was set
 * with.
 */
export const back = z.readonly(z.object({ at: z.int(), next: z.nullable(z.enum(SETTABLE_STATES)) }));
export type Back = z.infer<typeof back>;

export function sameBack(a: Back | null, b: Back | null): boolean {
  return a?.at === b?.at && a?.next === b?.next;
}
