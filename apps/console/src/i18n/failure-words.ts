import type { MessageKey, Translate } from './translate.ts';

type CodeOf<K> = K extends `failure.${infer Code}` ? Code : never;
/** Every code by which something is refused. */
export type FailureCodeKey = CodeOf<MessageKey>;

/** Why something was refused. It comes in English, with what only its sender knows; other languages tell it by its code. */
export function failureWords(
  t: Translate,
  { code, message }: { readonly code: FailureCodeKey; readonly message: string },
): string {
  return t.language === 'en' ? message : t(`failure.${code}`);
}
