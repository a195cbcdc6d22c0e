import { pino } from 'pino';

export type Logger = Pick<pino.Logger, 'info' | 'warn'>;

/** JSON lines on standard error, without secrets or text that users typed. Lines that can't be written are lost. */
export function createLogger(): Logger {
  const destination = pino.destination(2).on('error', () => {});
  return pino({ base: { name: 'lampboard' }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

const MAX_FRAMES = 8;

/** Returns name, code and stack of an error, without its message, which may contain text that users typed. */
export function loggableError(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, stack = '' } = error;
  const stackLines = stack.match(/^ +at .*$/gm) ?? [];
  return {
    error: name,
    code: 'code' in error ? error.code : undefined,
    stack: stackLines.slice(0, MAX_FRAMES).map((line) => line.trim()),
  };
}

const UNCAUGHT_EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/** Logs uncaught errors and unhandled rejections without ending the process. */
export function handleUncaughtErrors({ log, onError }: { log: Logger; onError: () => void }): void {
  for (const event of UNCAUGHT_EVENTS) {
    process.on(event, (error: unknown) => {
      onError();
      log.warn({ event, ...loggableError(error) }, 'uncaught error');
    });
  }
}
