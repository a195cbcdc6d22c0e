import { pino } from 'pino';

export type Logger = Pick<pino.Logger, 'info' | 'warn'>;

/**
 * JSON lines on standard error. Nothing that holds a secret or a message's text is ever given to it. Lines that can't be
 * written, such as on a full disk, are lost.
 */
export function createLogger(): Logger {
  const destination = pino.destination(2).on('error', () => {});
  return pino({ base: { name: 'lampboard' }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

const MAX_FRAMES = 8;

/** What may be logged of an error: its kind, code and place. Its message may hold text that somebody typed. */
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
