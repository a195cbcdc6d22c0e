import type { RefusalCode, Translate } from './translate.ts';

/** Why something was refused. It comes in English, with what only its sender knows; other languages tell it by its code. */
export function failureWords(
  t: Translate,
  { code, message }: { readonly code: RefusalCode; readonly message: string },
): string {
  return t.refusal(code) ?? message;
}
