import { traitsOf } from './error-traits.ts';
import type { Logger } from './log.ts';

const KINDS = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Logs errors that nothing else handles, and goes on: what fails in a timer, or in a promise that nobody waits for, ends
 * neither the link to Asterisk nor anybody's board. The message of an error may hold text that somebody typed, and is not
 * logged.
 */
export function installLastResort({ log, onError }: { log: Logger; onError: () => void }): void {
  for (const kind of KINDS) {
    process.on(kind, (error: unknown) => {
      onError();
      log.warn({ kind, ...traitsOf(error) }, 'an unexpected error; Lampboard goes on');
    });
  }
}
