import { setTimeout as delay } from 'node:timers/promises';

/**
 * Polls until `probe` returns a value other than undefined or false, and returns it. Throws after `ms`
 * milliseconds with the description and the last error.
 */
export async function waitUntil<T>(
  description: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  { ms = 15_000, everyMs = 25 }: { ms?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = performance.now() + ms;
  let problem = '';
  for (;;) {
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== false) return answer;
      problem = '';
    } catch (error) {
      problem = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (performance.now() >= deadline) throw new Error(`not within ${ms} ms: ${description}${problem}`);
    await delay(everyMs);
  }
}
