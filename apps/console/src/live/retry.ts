/** The longest wait between two attempts, in milliseconds. */
export const RETRY_CAP_MS = 5000;

const FIRST_RETRY_MS = 250;

/**
 * Milliseconds to wait after so many failures in a row: doubling, capped, and somewhere in the upper half at random, so
 * that many consoles don't come back in step.
 */
export function retryDelay(failures: number, random: () => number): number {
  const full = Math.min(RETRY_CAP_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10));
  return full / 2 + (full / 2) * random();
}
