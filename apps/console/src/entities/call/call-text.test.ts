import type { Call } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { translateEnglish } from '../../i18n/translate.ts';
import { callText } from './call-text.ts';

it.each<[Partial<Call>, string]>([
  [{ state: 'conference', room: '400', members: 3 }, 'Conference 400, 3 people'],
  [{ state: 'conference', room: '', members: 1 }, 'Conference, 1 person'],
  [{ state: 'conference', members: 2 }, 'Conference, 2 people'],
])('[CV5] a conference whose number is not sent has none in its text: %j', (fields, expected) => {
  const call: Call = {
    id: '1',
    extensions: [],
    state: 'conference',
    incoming: true,
    since: null,
    party: null,
    ...fields,
  };
  expect(callText(translateEnglish, call, null)).toBe(expected);
});
