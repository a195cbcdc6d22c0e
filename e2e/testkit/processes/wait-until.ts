import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again and again until there is an answer other than undefined or false, and gives that. Throws after `ms`
 * milliseconds, saying what was waited for and what went wrong last.
 */
export async function waitUntil<T>(options: {
  description: string;
  ms?: number;
  everyMs?: number;
  probe: () => T | undefined | false | Promise<T | undefined | false>;
}): Promise<T> {
  const { description, ms = 15_000, everyMs = 25, probe } = options;
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
