import { setTimeout as delay } from 'node:timers/promises';
import type { ConsistencyChecker } from './consistency-checker.ts';
import type { ChaosClient } from './chaos-clients.ts';
import type { Oracle } from './oracle.ts';

const POLL_INTERVAL_MS = 10;

/**
 * Reads a client repeatedly, between two reads of Asterisk; stops and calls `onUnreadable` if a read fails.
 */
export async function monitorClient(
  client: ChaosClient,
  oracle: Oracle,
  checker: ConsistencyChecker,
  onUnreadable: (reason: string) => void,
) {
  const stop = new AbortController();
  let observations = 0;

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      const from = performance.now();
      const snapshot = await client.read();
      const to = performance.now();
      const oracleStates = await oracle.around(from, to);
      checker.observe({ client: client.name, isPage: client.isPage, from, to, snapshot, oracleStates });
      observations += 1;
      await delay(POLL_INTERVAL_MS);
    }
  }
  const running = run().catch((error: unknown) => {
    onUnreadable(`${client.name} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  });

  return {
    observations: () => observations,
    async stop() {
      stop.abort();
      await running;
    },
  };
}
