import type { Connection } from './connection.ts';

/** A Ping that is not answered, nor is anything else, for so many milliseconds: events alone make no session. */
const PING_TIMEOUT_MS = 60_000;
/** The shortest of so many round trips is the line's own; others waited behind something. */
const ROUND_TRIPS = 8;

/**
 * Resolves as soon as nothing has come for `timeoutMs` and the line's own round trip, though a Ping is sent every
 * `everyMs`: a network that drops packets, or a stopped Asterisk, sends no FIN. Any byte is a sign of life: on a slow line
 * answers wait behind a list. Never resolves while the link is sound; `signal` ends the watch.
 */
export function watchSilence({
  connection,
  everyMs,
  timeoutMs,
  signal,
}: {
  connection: Connection;
  everyMs: number;
  timeoutMs: number;
  signal: AbortSignal;
}): Promise<void> {
  return new Promise((resolve) => {
    let roundTrips = [connection.loginTripMs()];
    const pinging = setInterval(() => void ping(), everyMs);
    let checking = setTimeout(check, timeoutMs);
    signal.addEventListener('abort', stop, { once: true });

    function stop(): void {
      clearInterval(pinging);
      clearTimeout(checking);
    }

    const msLeft = () => connection.receivedAt() + timeoutMs + Math.min(...roundTrips) - performance.now();

    async function ping(): Promise<void> {
      // A reset drops what waits in the system, not what is just being written.
      if (msLeft() < everyMs) return;
      const sentAt = performance.now();
      const answer = await connection.request(
        { Action: 'Ping' },
        { isList: false, timeoutMs: PING_TIMEOUT_MS },
      );
      if (answer.ok) roundTrips = [...roundTrips, performance.now() - sentAt].slice(-ROUND_TRIPS);
      else if (answer.code === 'timeout') resolve();
    }

    /** Where this process itself stood still, what came meanwhile is read before the second look. */
    function check(isSecondLook = false): void {
      const left = msLeft();
      if (left > 0) checking = setTimeout(check, left);
      else if (!isSecondLook) checking = setTimeout(check, 0, true);
      else resolve();
    }
  });
}
