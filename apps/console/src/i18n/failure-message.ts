import type { MessageFailureCode, Translate } from './translate.ts';

/** Why something was refused. It comes in English, with what only its sender knows; other languages tell it by its code. */
export function failureMessage(
  t: Translate,
  { code, message }: { readonly code: MessageFailureCode; readonly message: string },
): string {
  return t.failureText(code) ?? message;
}
