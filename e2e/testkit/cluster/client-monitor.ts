import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { AmiControls } from '../ami/ami-controls.ts';
import type { BoardClient } from '../clients/board-client.ts';

const UPDATE_INTERVAL_MS = 100;
const CHECK_INTERVAL_MS = 20;
const MAX_STALE_MS = 2000;
const EXTENSION = '1109';

/**
 * Increments a counter in a presence ten times a second. The returned function stops and throws if a live
 * client showed an outdated value for more than 2 s.
 */
export function monitorClients(
  pbx: Pick<AmiControls, 'setPresence'>,
  clients: readonly BoardClient[],
): () => Promise<void> {
  const subtype = randomUUID();
  let written = -1;
  /** Value of each client, and how long it has been outdated. */
  const observations = clients.map(() => ({ count: -1, staleMs: 0, maxStaleMs: 0 }));
  let checkedAt = performance.now();
  let isStopped = false;

  async function writeUpdates(): Promise<void> {
    while (!isStopped) {
      const presence = { state: 'away', subtype, message: String(written + 1) };
      await pbx.setPresence(`CustomPresence:${EXTENSION}`, presence);
      written += 1;
      await delay(UPDATE_INTERVAL_MS);
    }
  }

  function check(): void {
    // If this process was blocked, pending updates were not read yet.
    const ms = Math.min(performance.now() - checkedAt, 2 * CHECK_INTERVAL_MS);
    checkedAt = performance.now();
    for (const [index, client] of clients.entries()) {
      const observation = observations[index];
      if (observation === undefined) continue;
      const presence = client.isLive() ? client.presence(`${EXTENSION}@default`) : null;
      const isStale = presence !== null && presence.subtype === subtype && Number(presence.message) < written;
      if (!isStale || Number(presence.message) !== observation.count) observation.staleMs = 0;
      if (!isStale) continue;
      observation.count = Number(presence.message);
      observation.staleMs += ms;
      observation.maxStaleMs = Math.max(observation.maxStaleMs, observation.staleMs);
    }
  }

  const writing = writeUpdates();
  const checkTimer = setInterval(check, CHECK_INTERVAL_MS);
  return async () => {
    isStopped = true;
    await writing;
    clearInterval(checkTimer);
    const maxStale = observations.map(({ maxStaleMs }) => Math.round(maxStaleMs));
    if (maxStale.some((ms) => ms > MAX_STALE_MS))
      throw new Error(`live and wrong for so many milliseconds, board by board: ${maxStale.join(', ')}`);
  };
}
