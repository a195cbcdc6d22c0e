/** Every reason for which a command is refused without there being another presence to show. */
export const FAILURE_CODES = [
  'invalid',
  'unknown-extension',
  'no-presence',
  'unknown-state',
  'not-text',
  'too-long',
  'link-down',
  'timeout',
  'refused-by-asterisk',
] as const;

/** `message` is for people: what happened, what was kept, what to do. It never holds a secret. */
export interface Failure {
  readonly ok: false;
  readonly code: (typeof FAILURE_CODES)[number];
  readonly message: string;
}
