import { SINGLE_SIGN_ON_REFUSALS, type SingleSignOnRefusal } from '@lampboard/protocol';

const WORDS: Readonly<Record<SingleSignOnRefusal, string>> = {
  failed: 'Single sign-on did not work. Try again; if it fails again, ask your administrator.',
  expired: 'That took too long, and single sign-on has given up. Try again.',
  'no-role':
    'Your single sign-on account has no right to Lampboard. Ask your administrator to put you into one of its groups.',
  'name-taken':
    'Another Lampboard account has your name already, and it is not a single sign-on one. Ask your administrator.',
  disabled: 'Your account is disabled. Ask your administrator.',
};

/** Why single sign-on led back here, from the address; null where it did not. */
export function refusalWords(refused: string | null): string | null {
  if (refused === null) return null;
  const known = SINGLE_SIGN_ON_REFUSALS.find((refusal) => refusal === refused);
  return WORDS[known ?? 'failed'];
}
