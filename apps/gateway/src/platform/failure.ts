import type { Failure } from '@lampboard/protocol';

/** `message` says what happened, what was not changed and what to do. */
export const failure = (code: Failure['code'], message: string): Failure => ({ ok: false, code, message });

/** Lampboard can't start; the message is one line for the administrator. */
export class StartupError extends Error {}
