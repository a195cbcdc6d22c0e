import { expect, it } from 'vitest';
import { loadLanguage } from '../../i18n/languages.ts';
import { readReturnTime } from '../../i18n/return-times/read.ts';
import { vocabularyOf } from '../../i18n/return-times/symbols.ts';
import { type Translate, translateEnglish } from '../../i18n/translate.ts';
import { rowOf } from '../../live/testing/row-of.ts';
import { createPeople } from './people.ts';
import { parseQuickLine } from './quick-line.ts';
import { stateNames } from './state-words.ts';
import type { LineTemplate } from './template-words.ts';

const NOW = new Date(2026, 9, 5, 10, 0).getTime();
const at = (hour: number, minute = 0, day = 5) => new Date(2026, 9, day, hour, minute).getTime();

const ROWS = new Map(
  [
    ['1101', 'Alice Smith', 'Sales'],
    ['1102', 'Jo Chatterjee', 'Support'],
    ['1103', 'Web Chat', 'Support'],
    ['1120', 'Reception 2', 'Reception'],
    ['1130', 'Away Team', 'Aviation'],
  ].map(([exten = '', name = '', department = '']) => {
    const row = rowOf(exten, { person: { name, department, email: '', mobile: '' } });
    return [row.id, row];
  }),
);

const TEMPLATES: readonly LineTemplate[] = [
  {
    name: 'Lunch',
    state: 'away',
    subtype: 'Lunch',
    message: 'Eating',
    back: { at: at(10, 45), next: 'available' },
  },
  { name: 'Home office', state: 'chat', subtype: 'Home', message: '', back: null },
  { name: 'Away day', state: 'xa', subtype: 'Away day', message: '', back: null },
];

function parse(line: string, t: Translate = translateEnglish, plain: readonly string[] = []) {
  const people = createPeople();
  const parsed = parseQuickLine(line, {
    names: stateNames(t),
    readTime: (text) => readReturnTime(text, NOW, t),
    isName: (words, whole) => people.isName(words, whole, ROWS),
    isPlain: (text) => plain.includes(text),
    subtypes: () => ['Customer visit', 'Customer', 'Lunch', 'Lunch break', 'Focus'],
    templates: TEMPLATES,
    ...vocabularyOf(t),
  });
  if (parsed === null) return null;
  const { time: _, overlooked, back, saysText: __, template: ___, ...rest } = parsed;
  return { ...rest, back: back?.at ?? null, overlooked: overlooked?.text ?? null };
}
const line = (who: string, state: string, more: object = {}) => ({
  who,
  state,
  subtype: '',
  back: null,
  unread: null,
  overlooked: null,
  message: '',
  ...more,
});

it.each([
  ['smi away', line('smi', 'away')],
  ['smi aw', line('smi', 'away')],
  ['smi 3', line('smi', 'away')],
  ['smi av', line('smi', 'available')],
  ['smi dn', line('smi', 'dnd')],
  ['smi do not disturb', line('smi', 'dnd')],
  ['smi extended away 9:30', line('smi', 'xa', { back: at(9, 30, 6) })],
  ['SMI  AWAY', line('SMI', 'away')],
  ['alice smith away', line('alice smith', 'away')],
  ['1101 aw 14', line('1101', 'away', { back: at(14) })],
  ['smi aw 14:00 dentist', line('smi', 'away', { back: at(14), message: 'dentist' })],
  [
    'smi away in 30 min  Two  Spaces, KEPT ',
    line('smi', 'away', { back: at(10, 30), message: 'Two  Spaces, KEPT' }),
  ],
  ['smi away tomorrow 9:00 Visit', line('smi', 'away', { back: at(9, 0, 6), message: 'Visit' })],
  ['smi away dentist 14:00', line('smi', 'away', { back: at(14), message: 'dentist' })],
  ['smi away #Lunch 14', line('smi', 'away', { subtype: 'Lunch', back: at(14) })],
  [
    'smi away 14 #cus with Nordhafen',
    line('smi', 'away', { subtype: 'Customer visit', back: at(14), message: 'with Nordhafen' }),
  ],
  ['smi away #Errand', line('smi', 'away', { subtype: 'Errand' })],
  ['smi away #lunch #two', line('smi', 'away', { subtype: 'Lunch', message: '#two' })],
  ['smi away away with the team', line('smi', 'away', { message: 'away with the team' })],
  ['smi dnd <b>bold</b> "q" \\', line('smi', 'dnd', { message: '<b>bold</b> "q" \\' })],
  ['smi away 45', line('smi', 'away', { message: '45', overlooked: '45' })],
  ['smi away gate 45', line('smi', 'away', { message: 'gate 45' })],
  ['smi away # 14', line('smi', 'away', { message: '# 14', overlooked: '14' })],
  ['me dnd', line('me', 'dnd')],
])('[CP4] in English %j', (text, wanted) => {
  expect(parse(text)).toEqual(wanted);
});

it.each([
  ['smi ab', line('smi', 'away')],
  ['smi weg 14 Uhr Zahnarzt', line('smi', 'away', { back: at(14), message: 'Zahnarzt' })],
  ['smi VERFÜGBAR', line('smi', 'available')],
  ['smi verfugb', line('smi', 'available')],
  ['smi nicht stören bis 14 Uhr', line('smi', 'dnd', { back: at(14) })],
  ['smi länger abwesend', line('smi', 'xa')],
  ['smi away tomorrow 9:00', line('smi', 'away', { back: at(9, 0, 6) })],
  ['ich da', line('ich', 'available')],
])('[CP4] in German, and English there too: %j', async (text, wanted) => {
  expect(parse(text, await loadLanguage('de'))).toEqual(wanted);
});

it.each([
  ['', 'nothing'],
  ['   ', 'nothing'],
  ['away', 'no person before the state'],
  ['3', 'no person before the digit'],
  ['smi', 'no state'],
  ['smi a', 'a beginning of one letter'],
  ['smi 7', 'no key of a state'],
  ['smi 33', 'no key of a state'],
  ['smi xyz 14', 'no state'],
  ['jo chat', null],
  ['jo cha', 'the beginning of a name'],
  ['web chat', 'a name with a state’s word in it'],
  ['reception 2', 'a name with a digit in it'],
  ['team av', 'the beginning of a department'],
  ['smi constructor', 'no state'],
  ['smi __proto__', 'no state'],
])('[CP4] %j is only a search: %s', (text, why) => {
  if (why === null) expect(parse(text)?.state).toBe('chat');
  else expect(parse(text)).toBeNull();
});

it('[CP4] a beginning that several states have is none of them', async () => {
  const german = await loadLanguage('de');
  expect(parse('smi ni', german)).toBeNull();
  expect(parse('smi nicht', german)).toBeNull();
});

it('[CP4] after a name that holds a state’s word the state follows', () => {
  expect(parse('web chat aw 14')).toEqual(line('web chat', 'away', { back: at(14) }));
  expect(parse('reception 2 5')).toEqual(line('reception 2', 'dnd'));
});

it.each([
  ['smi away 25:99 dentist', '25:99'],
  ['smi away #Lunch 14.60', '14.60'],
  ['smi away 13:61pm', '13:61pm'],
  ['smi away 13pm', '13pm'],
  ['smi away 0m', '0m'],
  ['smi away -30m', '-30m'],
  ['smi away -5', '-5'],
])('[CP4] %j has no return time and no message that hides it', (text, unread) => {
  expect(parse(text)).toMatchObject({ back: null, unread });
});

it.each([
  ['smi away 25 boxes', '25 boxes'],
  ['smi away dentist 25:99', 'dentist 25:99'],
  ['smi away 14 25:99', '25:99'],
  ['smi away - later', '- later'],
])('[CP4] %j has a message', (text, message) => {
  expect(parse(text)).toMatchObject({ unread: null, message });
});

it('[CP4] a line of any length is read at once', () => {
  const long = `smi away ${'x '.repeat(20_000)}`;
  const start = performance.now();
  expect(parse(long)?.message).toHaveLength(39_999);
  expect(performance.now() - start).toBeLessThan(500);
});

it.each([
  ['smi away dentist 17:00', { back: at(17), message: 'dentist' }],
  ['smi away at the dentist, back at 17:00', { back: at(17), message: 'at the dentist' }],
  ['smi away room 3 until 11', { back: at(11), message: 'room 3' }],
  ['smi away meeting in room 2 for half an hour', { back: at(10, 30), message: 'meeting in room 2' }],
  ['smi away Workshop – back tomorrow afternoon', { back: at(15, 0, 6), message: 'Workshop' }],
  ['smi away board meeting 2pm to 4pm', { back: at(16), message: 'board meeting' }],
  ['smi away interview 14-16', { back: at(16), message: 'interview' }],
  ['smi away holiday Monday to Wednesday', { back: at(9, 0, 7), message: 'holiday' }],
  ['smi away Urlaub vom 7.12. bis 11.12.', { message: 'Urlaub' }],
  ['smi away 30 minute break', { back: at(10, 30), message: 'break' }],
  ['smi away Zahnarzt bis halb drei', { back: at(14, 30), message: 'Zahnarzt' }],
  ['smi away beim Arzt, um 3 wieder da', { back: at(15), message: 'beim Arzt' }],
  ['smi away half past two with Bob', { back: at(14, 30), message: 'with Bob' }],
  ['smi away dentist #Errand 17:00', { subtype: 'Errand', back: at(17), message: 'dentist' }],
  ['smi away dentist 17:00 #customer visit', { subtype: 'Customer visit', back: at(17), message: 'dentist' }],
])('[CP8] a return time may stand behind the message, in any words: %j', (text, wanted) => {
  expect(parse(text)).toMatchObject({ ...wanted, overlooked: null });
});

it('[CP9] what is to stay text stays so, and is not complained about', () => {
  const wanted = { back: null, unread: null, overlooked: null };
  expect(parse('smi away call at 17:00', translateEnglish, ['at 17:00'])).toMatchObject(wanted);
  expect(parse('smi away 14:00 call', translateEnglish, ['14:00'])).toMatchObject(wanted);
});

it.each([
  ['smi away back in a bit', 'back in a bit'],
  ['smi away later', 'later'],
  ['smi away spaeter', 'spaeter'],
  ['smi away gleich wieder da', 'gleich'],
  ['smi away until further notice', 'until further notice'],
  ['smi away out today', 'today'],
  ['smi away heute nicht mehr da', 'heute nicht mehr'],
  ['smi away until January', 'until January'],
  ['smi away dentist until 3 then home', 'until 3'],
  ['smi away see you on Monday please', 'on Monday'],
  ['smi away dentist 25:99', '25:99'],
  ['smi away dentist 14', '14'],
  ['smi away 14 people', '14'],
])('[CP10] what looks like a time and was not read is said: %j', (text, overlooked) => {
  expect(parse(text)).toMatchObject({ back: null, unread: null, overlooked });
});

it.each([
  'lunch with Sam',
  'may be late',
  'back office',
  '3rd floor',
  'ticket #24',
  'forward to 1104',
  '1104 takes the calls',
  'call back 1104',
  'so it is',
  'version 2.10.3',
  'at Nordhafen',
])('[CP10] %j says no time', (message) => {
  expect(parse(`smi away ${message}`)).toMatchObject({ back: null, overlooked: null, message });
});

it.each([
  ['smi away 14 people', '14 people'],
  ['smi away 2 visitors from Kiel', '2 visitors from Kiel'],
  ['smi away 5-10 guests', '5-10 guests'],
  ['smi away until 3 calls are done', 'until 3 calls are done'],
  ['smi away 12 Gäste', '12 Gäste'],
  ['smi away 12 Gaeste', '12 Gaeste'],
])('[CP11] what is counted is no time: %j', (text, message) => {
  expect(parse(text)).toMatchObject({ back: null, message });
});

it.each([
  ['smi away #Customer visit 14:00', { subtype: 'Customer visit', back: at(14), message: '' }],
  ['smi away #customer visit at Nordhafen', { subtype: 'Customer visit', message: 'at Nordhafen' }],
  ['smi away #customer 14:00', { subtype: 'Customer', back: at(14), message: '' }],
  ['smi away #lunch break', { subtype: 'Lunch break', message: '' }],
  ['smi away #"Site visit" 14:00', { subtype: 'Site visit', back: at(14), message: '' }],
  ['smi away 14:00 #„Neue Messe“ Halle 3', { subtype: 'Neue Messe', back: at(14), message: 'Halle 3' }],
  ['smi away #"Site', { subtype: '"Site', message: '' }],
])('[CP12] a subtype of several words is one that is known, or in quotation marks: %j', (text, wanted) => {
  expect(parse(text)).toMatchObject(wanted);
});

it.each([
  ['smi available 14:00', '14:00'],
  ['smi here until 3', 'until 3'],
])('[RT15] who is available has no return time: %j', (text, message) => {
  expect(parse(text)).toMatchObject({ state: 'available', back: null, message, overlooked: message });
});

it.each([
  ['smi #lunch', { state: 'away', subtype: 'Lunch', message: 'Eating', back: at(10, 45) }],
  ['smi lunch', { state: 'away', subtype: 'Lunch', message: 'Eating', back: at(10, 45) }],
  ['smi lunch 14:00 at Luigi’s', { subtype: 'Lunch', message: 'at Luigi’s', back: at(14) }],
  ['smi #lu 14', { subtype: 'Lunch', message: 'Eating', back: at(14) }],
  ['smi lunch #Errand', { subtype: 'Errand', message: 'Eating', back: at(10, 45) }],
  ['smi home', { state: 'chat', subtype: 'Home', back: null }],
  ['smi home office', { state: 'chat', subtype: 'Home', message: '' }],
  ['smi away day', { state: 'xa', subtype: 'Away day', message: '' }],
  ['smi away lunch', { state: 'away', subtype: '', message: 'lunch' }],
  ['smi away #lunch', { state: 'away', subtype: 'Lunch', message: '' }],
])('[CP13] a template stands in place of the state: %j', (text, wanted) => {
  expect(parse(text)).toMatchObject({ who: 'smi', ...wanted });
});

it.each(['lunch', 'smi lun', 'smi ho', 'reception 2', 'smi #xyz'])('[CP13] %j is no template', (text) => {
  expect(parse(text)).toBeNull();
});
