import { pino } from 'pino';

export type Logger = Pick<pino.Logger, 'info' | 'warn'>;

/**
 * JSON lines on standard error. Nothing that holds a secret or a message's text is ever given to it. Lines that can't be
 * written, such as on a full disk, are lost.
 */
export function createLog(): Logger {
  const destination = pino.destination(2).on('error', () => {});
  return pino({ base: { name: 'lampboard' }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
