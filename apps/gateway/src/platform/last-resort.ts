import { loggableError, type Logger } from './log.ts';

const UNCAUGHT_EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Logs errors that nothing else handles, and goes on: what fails in a timer, or in a promise that nobody waits for, ends
 * neither the link to Asterisk nor anybody's board. The message of an error may hold text that somebody typed, and is not
 * logged.
 */
export function handleUncaughtErrors({ log, onError }: { log: Logger; onError: () => void }): void {
  for (const event of UNCAUGHT_EVENTS) {
    process.on(event, (error: unknown) => {
      onError();
      log.warn({ event, ...loggableError(error) }, 'an unexpected error; Lampboard goes on');
    });
  }
}
