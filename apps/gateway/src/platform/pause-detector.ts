import { PING_INTERVAL_MS, SERVER_TIMEOUT_MS } from '@lampboard/protocol';

const TICK_MS = 250;
/** Clients disconnect after this delay of a ping, and show the board as not live. */
const STALL_THRESHOLD_MS = SERVER_TIMEOUT_MS - PING_INTERVAL_MS;

/**
 * Detects event-loop stalls that are long enough for clients to disconnect, such as a suspended process. Commands read
 * right after a stall were sent before it, to a board that has changed since.
 */
export type PauseDetector = ReturnType<typeof startPauseDetector>;

export function startPauseDetector({ monotonic }: { monotonic: () => number }) {
  let lastTickAt = monotonic();
  let stallEndedAt = Number.NEGATIVE_INFINITY;
  const isStalled = () => monotonic() - lastTickAt > STALL_THRESHOLD_MS;
  const timer = setInterval(() => {
    if (isStalled()) stallEndedAt = monotonic();
    lastTickAt = monotonic();
  }, TICK_MS);
  return {
    /** True if data received at this monotonic time may have been sent before a stall, or if there was one since. */
    mayPredateStall: (receivedAt: number) => isStalled() || receivedAt < stallEndedAt + TICK_MS,
    stop: () => clearInterval(timer),
  };
}
