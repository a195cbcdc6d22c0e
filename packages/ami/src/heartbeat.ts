import type { Connection } from './connection.ts';

/** Events alone keep no session alive: some reply must come within this time. */
const PING_TIMEOUT_MS = 60_000;
/** The shortest of the last round trips is the line's; longer ones waited behind other data. */
const ROUND_TRIP_SAMPLES = 8;

/**
 * Sends a Ping every `intervalMs`, and resolves once no byte has come for `inactivityTimeoutMs` plus the line's round trip:
 * a network that drops packets, or a stopped Asterisk, sends no FIN. `signal` stops it, unresolved.
 */
export function startHeartbeat(
  connection: Connection,
  intervalMs: number,
  inactivityTimeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    let roundTrips = [connection.loginRoundTripMs()];
    const pingTimer = setInterval(() => void ping(), intervalMs);
    let checkTimer = setTimeout(check, inactivityTimeoutMs);
    signal.addEventListener('abort', stop, { once: true });

    function stop(): void {
      clearInterval(pingTimer);
      clearTimeout(checkTimer);
    }

    const remainingMs = () =>
      connection.lastReceivedAt() + inactivityTimeoutMs + Math.min(...roundTrips) - performance.now();

    async function ping(): Promise<void> {
      // The reset that follows drops buffered data, but not a write in progress.
      if (remainingMs() < intervalMs) return;
      const sentAt = performance.now();
      const result = await connection.request({ Action: 'Ping' }, PING_TIMEOUT_MS);
      if (result.ok) roundTrips = [...roundTrips, performance.now() - sentAt].slice(-ROUND_TRIP_SAMPLES);
      else if (result.code === 'timeout') resolve();
    }

    /** After a stall of this process, buffered bytes are read before the recheck. */
    function check(isRecheck = false): void {
      const remaining = remainingMs();
      if (remaining > 0) checkTimer = setTimeout(check, remaining);
      else if (!isRecheck) checkTimer = setTimeout(check, 0, true);
      else resolve();
    }
  });
}
