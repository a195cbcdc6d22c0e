import type { Failure } from '@lampboard/protocol';

/** A refusal; `message` says what happened, what was kept and what to do. */
export function refuse(code: Failure['code'], message: string): Failure {
  return { ok: false, code, message };
}
