import type { DownReason } from './live-state.ts';
import type { Timers } from './timers.ts';
import { RETRY_CAP_MS, retryDelay } from './retry.ts';
import type { Transport } from './transport.ts';

interface KeepConnectedOptions {
  transport: Pick<Transport, 'connect' | 'close'>;
  timers: Pick<Timers, 'setTimer' | 'clearTimer'>;
  random: () => number;
  onDown: (down: { reason: DownReason; failures: number }) => void;
  whyClosed: () => DownReason;
}

interface KeepConnected {
  /** A fresh attempt at once, as if none had failed before. */
  tryNow: () => void;
  /** The connection is given up unless `settled` comes within so many milliseconds. */
  allow: (ms: number) => void;
  settled: () => void;
  /** Drops what is there, says so, and tries again later: for ever, with capped and jittered waits. */
  failed: (reason: DownReason) => void;
  stop: () => void;
}

/** An attempt, with its first snapshot, may take so many milliseconds. */
const ATTEMPT_MS = 5000;

export function createKeepConnected(options: KeepConnectedOptions): KeepConnected {
  const { transport, timers, random, onDown, whyClosed } = options;
  let timer: number | null = null;
  let failures = 0;

  const settled = () => {
    if (timer !== null) timers.clearTimer(timer);
    timer = null;
  };
  const after = (ms: number, run: () => void) => {
    settled();
    timer = timers.setTimer(run, ms);
  };
  const allow = (ms: number) => after(ms, () => failed(whyClosed()));
  const connect = () => {
    allow(ATTEMPT_MS);
    transport.connect();
  };
  const failed = (reason: DownReason) => {
    transport.close();
    const delay = reason === 'incompatible' ? RETRY_CAP_MS : retryDelay(failures, random);
    failures += 1;
    after(delay, connect);
    onDown({ reason, failures });
  };

  return {
    tryNow: () => {
      failures = 0;
      connect();
    },
    allow,
    settled: () => {
      failures = 0;
      settled();
    },
    failed,
    stop: () => {
      settled();
      transport.close();
    },
  };
}
