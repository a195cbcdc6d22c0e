import type { Call } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { loadLanguage } from '../../i18n/languages.ts';
import { translateEnglish } from '../../i18n/translate.ts';
import { testCall } from '../../testing/fixtures.ts';
import { callText } from './call-text.ts';

const HIDDEN_PARKING = { lot: '', slot: '', by: null, returnsAt: null };

it.each<[Partial<Call>, string, string]>([
  [{ state: 'conference', room: '400', members: 3 }, 'Conference 400, 3 people', 'Konferenz 400, 3 Personen'],
  [{ state: 'conference', room: '', members: 1 }, 'Conference, 1 person', 'Konferenz, 1 Person'],
  [{ state: 'conference', members: 2 }, 'Conference, 2 people', 'Konferenz, 2 Personen'],
  [{ state: 'waiting', queue: '' }, 'In queue', 'In Warteschlange'],
  [{ state: 'parked', parking: HIDDEN_PARKING }, 'Parked', 'Geparkt'],
  [{ state: 'voicemail', mailbox: '' }, 'Voicemail', 'Mailbox'],
])('[CV5] a place whose number is not sent has none in the text: %j', async (fields, ...expected) => {
  const call = testCall('1', fields);
  const german = await loadLanguage('de');
  expect([translateEnglish, german].map((t) => callText(t, call, ''))).toEqual(expected);
});
