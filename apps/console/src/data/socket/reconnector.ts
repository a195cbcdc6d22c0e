import type { DownReason } from './connection-state.ts';
import type { Timers } from './timers.ts';
import type { Transport } from './transport.ts';

export const MAX_RETRY_DELAY_MS = 5000;

const INITIAL_RETRY_DELAY_MS = 250;

/** Returns the delay in milliseconds after consecutive failures: exponential backoff with a cap and jitter. */
export function retryDelay(failures: number, random: () => number): number {
  const delay = Math.min(MAX_RETRY_DELAY_MS, INITIAL_RETRY_DELAY_MS * 2 ** Math.min(failures, 10));
  return delay / 2 + (delay / 2) * random();
}

interface ReconnectorOptions {
  transport: Pick<Transport, 'connect' | 'close'>;
  timers: Pick<Timers, 'setTimer' | 'clearTimer'>;
  random: () => number;
  onDown: (down: { reason: DownReason; failures: number }) => void;
  closeReason: () => DownReason;
}

/** Milliseconds for connecting and the first snapshot. */
const CONNECT_TIMEOUT_MS = 5000;

export function createReconnector({ transport, timers, random, onDown, closeReason }: ReconnectorOptions) {
  let timer: number | null = null;
  let failures = 0;

  const clearDeadline = () => {
    if (timer !== null) timers.clearTimer(timer);
    timer = null;
  };
  const after = (ms: number, run: () => void) => {
    clearDeadline();
    timer = timers.setTimer(run, ms);
  };
  /** Fails the connection unless `connected` is called within `ms` milliseconds. */
  const setDeadline = (ms: number) => after(ms, () => fail(closeReason()));
  const connect = () => {
    setDeadline(CONNECT_TIMEOUT_MS);
    transport.connect();
  };
  /** Closes the connection, reports it, and retries after the backoff, without a limit. */
  const fail = (reason: DownReason) => {
    transport.close();
    const delay = reason === 'incompatible' ? MAX_RETRY_DELAY_MS : retryDelay(failures, random);
    failures += 1;
    after(delay, connect);
    onDown({ reason, failures });
  };

  return {
    /** Connects immediately and resets the backoff. */
    tryNow: () => {
      failures = 0;
      connect();
    },
    setDeadline,
    connected: () => {
      failures = 0;
      clearDeadline();
    },
    fail,
    stop: () => {
      clearDeadline();
      transport.close();
    },
  };
}
