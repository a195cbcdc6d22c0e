/** Every reason for which a command is refused. Nothing else is ever answered. */
export const ERROR_CODES = [
  'invalid',
  'unknown-extension',
  'no-presence',
  'unknown-state',
  'not-text',
  'too-long',
  'conflict',
  'link-down',
  'timeout',
  'refused-by-asterisk',
  'overtaken',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** `message` is for people: what happened, what was kept, what to do. It never holds a secret. */
export interface Failure {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly message: string;
}
