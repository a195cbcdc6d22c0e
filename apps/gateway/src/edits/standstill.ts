import { PING_INTERVAL_MS, SILENCE_MS } from '@lampboard/protocol';

const TICK_MS = 250;
/** No ping for so much longer than they come, and a console gives the gateway up. */
const STANDSTILL_MS = SILENCE_MS - PING_INTERVAL_MS;

/**
 * Whether this process stood still for so long that consoles gave it up: it was stopped, or the machine was. What it
 * reads first after that was sent before, by somebody who was told that the connection broke.
 */
export interface Standstill {
  /** True where what came at that moment may have been sent before a standstill, or there was one since. */
  outdates(cameAt: number): boolean;
  stop(): void;
}

/** `elapsed`: milliseconds by a clock that never jumps, as all moments here. */
export function watchStandstill({ elapsed }: { elapsed: () => number }): Standstill {
  let tickedAt = elapsed();
  let endedAt = Number.NEGATIVE_INFINITY;
  const isUntold = () => elapsed() - tickedAt > STANDSTILL_MS;
  const timer = setInterval(() => {
    if (isUntold()) endedAt = elapsed();
    tickedAt = elapsed();
  }, TICK_MS);
  return {
    outdates: (cameAt) => isUntold() || cameAt < endedAt + TICK_MS,
    stop: () => clearInterval(timer),
  };
}
