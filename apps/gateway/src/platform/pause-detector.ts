import { PING_INTERVAL_MS, SERVER_TIMEOUT_MS } from '@lampboard/protocol';

const TICK_MS = 250;
/** No ping for so much longer than they come, and a console gives the gateway up. */
const STALL_THRESHOLD_MS = SERVER_TIMEOUT_MS - PING_INTERVAL_MS;

/**
 * Whether this process stood still for so long that consoles gave it up: it was stopped, or the machine was. What it
 * reads first after that was sent before, by somebody who was told that the connection broke.
 */
export interface PauseDetector {
  /** True where what came at that moment may have been sent before a standstill, or there was one since. */
  mayPredateStall(receivedAt: number): boolean;
  stop(): void;
}

/** `elapsed`: milliseconds by a clock that never jumps, as all moments here. */
export function startPauseDetector({ monotonic }: { monotonic: () => number }): PauseDetector {
  let lastTickAt = monotonic();
  let stallEndedAt = Number.NEGATIVE_INFINITY;
  const isStalled = () => monotonic() - lastTickAt > STALL_THRESHOLD_MS;
  const timer = setInterval(() => {
    if (isStalled()) stallEndedAt = monotonic();
    lastTickAt = monotonic();
  }, TICK_MS);
  return {
    mayPredateStall: (receivedAt) => isStalled() || receivedAt < stallEndedAt + TICK_MS,
    stop: () => clearInterval(timer),
  };
}
