import { isatty } from 'node:tty';
import { errorName } from './failure.ts';

const STOP_TIMEOUT_MS = 4000;

/** A terminal or supervisor and npm may both send one signal. */
const DUPLICATE_SIGNAL_MS = 1000;

interface Service {
  reload(): void;
  stop(): Promise<void>;
}

/**
 * SIGTERM and SIGINT stop the service gracefully; a second one ends the process immediately. SIGHUP reloads, or stops if
 * the terminal has closed. Before `serve`, the first two end the process and SIGHUP does nothing.
 */
export function handleSignals({ exit }: { exit: (code: number) => void } = process): {
  serve(service: Service): void;
} {
  const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
  let service: Service | null = null;
  let stoppingSince: number | null = null;

  function fail(message: string): void {
    process.stderr.write(`Lampboard: ${message}\n`);
    exit(1);
  }

  function stop(): void {
    if (service === null) return exit(0);
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince > DUPLICATE_SIGNAL_MS) exit(1);
      return;
    }
    stoppingSince = performance.now();
    setTimeout(() => fail(`not stopped within ${STOP_TIMEOUT_MS / 1000} s`), STOP_TIMEOUT_MS);
    service.stop().then(
      () => exit(0),
      (error: unknown) => fail(`could not stop: ${errorName(error)}`),
    );
  }

  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', () => {
    const isTerminalClosed = terminals.length > 0 && !terminals.some((descriptor) => isatty(descriptor));
    if (isTerminalClosed) stop();
    else service?.reload();
  });
  return { serve: (started) => void (service = started) };
}

const PARENT_CHECK_INTERVAL_MS = 500;

/** Sends this process SIGTERM when its parent has ended: `npx` does not pass signals on. */
export function stopWithParent(): void {
  const parent = process.ppid;
  const check = () => process.ppid === parent || process.kill(process.pid, 'SIGTERM');
  setInterval(check, PARENT_CHECK_INTERVAL_MS).unref();
}
