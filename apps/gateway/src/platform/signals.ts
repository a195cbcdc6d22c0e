import { isatty } from 'node:tty';

/** A service that does not stop in order within so many milliseconds is ended. */
const MAX_STOP_MS = 4000;

/** Some ways of starting bring one signal twice: from a terminal or a supervisor, and from npm. */
const SAME_SIGNAL_MS = 1000;

interface Service {
  /** Reads again what may have changed on disk. */
  reload(): void;
  stop(): Promise<void>;
}

/**
 * SIGTERM and SIGINT stop the service in order, a second one ends the process at once; SIGHUP reloads, but where the
 * terminal hangs up it stops as well. Before there is a service, the first two end the process and SIGHUP does nothing.
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
      if (performance.now() - stoppingSince > SAME_SIGNAL_MS) exit(1);
      return;
    }
    stoppingSince = performance.now();
    setTimeout(() => fail(`not stopped in order within ${MAX_STOP_MS / 1000} s`), MAX_STOP_MS);
    service.stop().then(
      () => exit(0),
      (error: unknown) => fail(`not stopped in order: ${error instanceof Error ? error.name : 'unknown'}`),
    );
  }

  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', () => {
    const isHungUp = terminals.length > 0 && !terminals.some((descriptor) => isatty(descriptor));
    if (isHungUp) stop();
    else service?.reload();
  });
  return { serve: (started) => void (service = started) };
}
