import type { MessageFailureCode, Translate } from './translate.ts';

/** Returns the text of a failure: its own in English, which is more specific, else the catalogue's for its code. */
export function failureMessage(
  t: Translate,
  { code, message }: { readonly code: MessageFailureCode; readonly message: string },
): string {
  return t.failureText(code) ?? message;
}
