import type { Failure } from '@lampboard/protocol';

/** A refusal; `message` says what happened, what was kept and what to do. */
export function failure(code: Failure['code'], message: string): Failure {
  return { ok: false, code, message };
}

/** Why Lampboard can't start, told in one line to whoever starts it. */
export class StartupError extends Error {}
