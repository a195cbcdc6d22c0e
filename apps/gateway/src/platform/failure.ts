import type { Failure } from '@lampboard/protocol';

/** `message` says what happened, what was not changed and what to do. */
export const failure = (code: Failure['code'], message: string): Failure => ({ ok: false, code, message });

/** The same for an extension that is not visible to the account. */
export const UNKNOWN_EXTENSION = failure(
  'unknown-extension',
  'There is no such extension, or no longer. Nothing was changed.',
);

/** Reply to a command without a value. */
export const DONE = { ok: true, value: null } as const;

/** Lampboard can't start; the message is one line for the administrator. */
export class StartupError extends Error {}

/** Returns the name of an error, without its message, which may contain text that users typed. */
export const errorName = (error: unknown) => (error instanceof Error ? error.name : 'unknown');

/** Returns what `run` returns, or `fallback` if it throws. */
export function tryOr<T, F>(run: () => T, fallback: F): T | F {
  try {
    return run();
  } catch {
    return fallback;
  }
}
