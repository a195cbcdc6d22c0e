import type { Connection } from './connection.ts';

/** A Ping that is not answered, nor is anything else, for so many milliseconds: events alone make no session. */
const PING_TIMEOUT_MS = 60_000;
/** The shortest of so many round trips is the line's own; others waited behind something. */
const ROUND_TRIP_SAMPLES = 8;

/**
 * Resolves as soon as nothing has come for `timeoutMs` and the line's own round trip, though a Ping is sent every
 * `everyMs`: a network that drops packets, or a stopped Asterisk, sends no FIN. Any byte is a sign of life: on a slow line
 * answers wait behind a list. Never resolves while the link is sound; `signal` ends the watch.
 */
export function startHeartbeat({
  connection,
  intervalMs,
  inactivityTimeoutMs,
  signal,
}: {
  connection: Connection;
  intervalMs: number;
  inactivityTimeoutMs: number;
  signal: AbortSignal;
}): Promise<void> {
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
      // A reset drops what waits in the system, not what is just being written.
      if (remainingMs() < intervalMs) return;
      const sentAt = performance.now();
      const result = await connection.request(
        { Action: 'Ping' },
        { isList: false, timeoutMs: PING_TIMEOUT_MS },
      );
      if (result.ok) roundTrips = [...roundTrips, performance.now() - sentAt].slice(-ROUND_TRIP_SAMPLES);
      else if (result.code === 'timeout') resolve();
    }

    /** Where this process itself stood still, what came meanwhile is read before the second look. */
    function check(isRecheck = false): void {
      const remaining = remainingMs();
      if (remaining > 0) checkTimer = setTimeout(check, remaining);
      else if (!isRecheck) checkTimer = setTimeout(check, 0, true);
      else resolve();
    }
  });
}
