import { pino } from 'pino';

export type Logger = Pick<pino.Logger, 'info' | 'warn'>;

/** JSON lines on standard error. Nothing that holds a secret or a message's text is ever given to it. */
export function createLog(): Logger {
  return pino({ base: { name: 'lampboard' }, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
