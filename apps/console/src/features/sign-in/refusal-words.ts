import { SINGLE_SIGN_ON_REFUSALS } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

/** Why single sign-on led back here, from the address; null where it did not. */
export function refusalWords(t: Translate, refused: string | null): string | null {
  if (refused === null) return null;
  const known = SINGLE_SIGN_ON_REFUSALS.find((refusal) => refusal === refused);
  return t(`sign-in.refused.${known ?? 'failed'}`);
}
