import { expect, it } from 'vitest';
import { loadLanguage } from '../../../i18n/languages.ts';
import { parseReturnTime } from '../../../entities/return-time/parse/parse-return-time.ts';
import { vocabularyOf } from '../../../entities/return-time/parse/tokens.ts';
import { type Translate, translateEnglish } from '../../../i18n/translate.ts';
import { mapOf, personNamed, testExtension } from '../../../testing/fixtures.ts';
import { createPeopleSearch } from './people-search.ts';
import { parsePresenceCommand } from './parse-presence-command.ts';
import { presenceAliases, type CommandTemplate } from './presence-aliases.ts';

const NOW = new Date(2026, 9, 5, 10, 0).getTime();
const timeAt = (hour: number, minute = 0, day = 5) => new Date(2026, 9, day, hour, minute).getTime();

const EXTENSIONS = mapOf([
  testExtension('1101', { person: personNamed('Alice Smith', 'Sales') }),
  testExtension('1102', { person: personNamed('Jo Chatterjee', 'Support') }),
  testExtension('1103', { person: personNamed('Web Chat', 'Support') }),
  testExtension('1120', { person: personNamed('Reception 2', 'Reception') }),
  testExtension('1130', { person: personNamed('Away Team', 'Aviation') }),
]);

const TEMPLATES: readonly CommandTemplate[] = [
  {
    name: 'Lunch',
    state: 'away',
    subtype: 'Lunch',
    message: 'Eating',
    returnTime: { at: timeAt(10, 45), thenState: 'available' },
  },
  { name: 'Home office', state: 'chat', subtype: 'Home', message: '', returnTime: null },
  { name: 'Away day', state: 'xa', subtype: 'Away day', message: '', returnTime: null },
];

function parse(line: string, t: Translate = translateEnglish, literals: readonly string[] = []) {
  const peopleSearch = createPeopleSearch();
  const parsed = parsePresenceCommand(line, {
    names: presenceAliases(t),
    parseTime: (text) => parseReturnTime(text, NOW, t),
    isPartOfName: (words, isComplete) => peopleSearch.isPartOfName(words, isComplete, EXTENSIONS),
    isLiteral: (text) => literals.includes(text),
    subtypes: () => ['Customer visit', 'Customer', 'Lunch', 'Lunch break', 'Focus'],
    templates: TEMPLATES,
    ...vocabularyOf(t),
  });
  if (parsed === null) return null;
  const { time: _, possibleTime, returnTime, hasText: __, template: ___, ...rest } = parsed;
  return { ...rest, returnTime: returnTime?.at ?? null, possibleTime: possibleTime?.text ?? null };
}
const command = (personQuery: string, state: string, more: object = {}) => ({
  personQuery,
  state,
  subtype: '',
  returnTime: null,
  invalidTime: null,
  possibleTime: null,
  message: '',
  ...more,
});

it.each([
  ['smi away', command('smi', 'away')],
  ['smi aw', command('smi', 'away')],
  ['smi 3', command('smi', 'away')],
  ['smi av', command('smi', 'available')],
  ['smi dn', command('smi', 'dnd')],
  ['smi do not disturb', command('smi', 'dnd')],
  ['smi extended away 9:30', command('smi', 'xa', { returnTime: timeAt(9, 30, 6) })],
  ['SMI  AWAY', command('SMI', 'away')],
  ['alice smith away', command('alice smith', 'away')],
  ['1101 aw 14', command('1101', 'away', { returnTime: timeAt(14) })],
  ['smi aw 14:00 dentist', command('smi', 'away', { returnTime: timeAt(14), message: 'dentist' })],
  [
    'smi away in 30 min  Two  Spaces, KEPT ',
    command('smi', 'away', { returnTime: timeAt(10, 30), message: 'Two  Spaces, KEPT' }),
  ],
  ['smi away tomorrow 9:00 Visit', command('smi', 'away', { returnTime: timeAt(9, 0, 6), message: 'Visit' })],
  ['smi away dentist 14:00', command('smi', 'away', { returnTime: timeAt(14), message: 'dentist' })],
  ['smi away #Lunch 14', command('smi', 'away', { subtype: 'Lunch', returnTime: timeAt(14) })],
  [
    'smi away 14 #cus with Nordhafen',
    command('smi', 'away', { subtype: 'Customer visit', returnTime: timeAt(14), message: 'with Nordhafen' }),
  ],
  ['smi away #Errand', command('smi', 'away', { subtype: 'Errand' })],
  ['smi away #lunch #two', command('smi', 'away', { subtype: 'Lunch', message: '#two' })],
  ['smi away away with the team', command('smi', 'away', { message: 'away with the team' })],
  ['smi dnd <b>bold</b> "q" \\', command('smi', 'dnd', { message: '<b>bold</b> "q" \\' })],
  ['smi away 45', command('smi', 'away', { message: '45', possibleTime: '45' })],
  ['smi away gate 45', command('smi', 'away', { message: 'gate 45' })],
  ['smi away # 14', command('smi', 'away', { message: '# 14', possibleTime: '14' })],
  ['me dnd', command('me', 'dnd')],
])('[CP4] in English %j', (text, expected) => {
  expect(parse(text)).toEqual(expected);
});

it.each([
  ['smi ab', command('smi', 'away')],
  ['smi weg 14 Uhr Zahnarzt', command('smi', 'away', { returnTime: timeAt(14), message: 'Zahnarzt' })],
  ['smi VERFÜGBAR', command('smi', 'available')],
  ['smi verfugb', command('smi', 'available')],
  ['smi nicht stören bis 14 Uhr', command('smi', 'dnd', { returnTime: timeAt(14) })],
  ['smi länger abwesend', command('smi', 'xa')],
  ['smi away tomorrow 9:00', command('smi', 'away', { returnTime: timeAt(9, 0, 6) })],
  ['ich da', command('ich', 'available')],
])('[CP4] in German, and English there too: %j', async (text, expected) => {
  expect(parse(text, await loadLanguage('de'))).toEqual(expected);
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

it('[CP4] an ambiguous prefix of a state is none', async () => {
  const german = await loadLanguage('de');
  expect(parse('smi ni', german)).toBeNull();
  expect(parse('smi nicht', german)).toBeNull();
});

it('[CP4] the state may follow a name that contains the word of a state', () => {
  expect(parse('web chat aw 14')).toEqual(command('web chat', 'away', { returnTime: timeAt(14) }));
  expect(parse('reception 2 5')).toEqual(command('reception 2', 'dnd'));
});

it.each([
  ['smi away 25:99 dentist', '25:99'],
  ['smi away #Lunch 14.60', '14.60'],
  ['smi away 13:61pm', '13:61pm'],
  ['smi away 13pm', '13pm'],
  ['smi away 0m', '0m'],
  ['smi away -30m', '-30m'],
  ['smi away -5', '-5'],
])('[CP4] %j has no return time and no message that hides it', (text, invalidTime) => {
  expect(parse(text)).toMatchObject({ returnTime: null, invalidTime });
});

it.each([
  ['smi away 25 boxes', '25 boxes'],
  ['smi away dentist 25:99', 'dentist 25:99'],
  ['smi away 14 25:99', '25:99'],
  ['smi away - later', '- later'],
])('[CP4] %j has a message', (text, message) => {
  expect(parse(text)).toMatchObject({ invalidTime: null, message });
});

it('[CP4] a line of any length is parsed quickly', () => {
  const long = `smi away ${'x '.repeat(20_000)}`;
  const start = performance.now();
  expect(parse(long)?.message).toHaveLength(39_999);
  expect(performance.now() - start).toBeLessThan(500);
});

it.each([
  ['smi away dentist 17:00', { returnTime: timeAt(17), message: 'dentist' }],
  ['smi away at the dentist, back at 17:00', { returnTime: timeAt(17), message: 'at the dentist' }],
  ['smi away room 3 until 11', { returnTime: timeAt(11), message: 'room 3' }],
  [
    'smi away meeting in room 2 for half an hour',
    { returnTime: timeAt(10, 30), message: 'meeting in room 2' },
  ],
  ['smi away Workshop – back tomorrow afternoon', { returnTime: timeAt(15, 0, 6), message: 'Workshop' }],
  ['smi away board meeting 2pm to 4pm', { returnTime: timeAt(16), message: 'board meeting' }],
  ['smi away interview 14-16', { returnTime: timeAt(16), message: 'interview' }],
  ['smi away holiday Monday to Wednesday', { returnTime: timeAt(9, 0, 7), message: 'holiday' }],
  ['smi away Urlaub vom 7.12. bis 11.12.', { message: 'Urlaub' }],
  ['smi away 30 minute break', { returnTime: timeAt(10, 30), message: 'break' }],
  ['smi away Zahnarzt bis halb drei', { returnTime: timeAt(14, 30), message: 'Zahnarzt' }],
  ['smi away beim Arzt, um 3 wieder da', { returnTime: timeAt(15), message: 'beim Arzt' }],
  ['smi away half past two with Bob', { returnTime: timeAt(14, 30), message: 'with Bob' }],
  ['smi away dentist #Errand 17:00', { subtype: 'Errand', returnTime: timeAt(17), message: 'dentist' }],
  [
    'smi away dentist 17:00 #customer visit',
    { subtype: 'Customer visit', returnTime: timeAt(17), message: 'dentist' },
  ],
])('[CP8] a return time may stand behind the message, in any words: %j', (text, expected) => {
  expect(parse(text)).toMatchObject({ ...expected, possibleTime: null });
});

it('[CP9] literal text stays text, without a warning', () => {
  const expected = { returnTime: null, invalidTime: null, possibleTime: null };
  expect(parse('smi away call at 17:00', translateEnglish, ['at 17:00'])).toMatchObject(expected);
  expect(parse('smi away 14:00 call', translateEnglish, ['14:00'])).toMatchObject(expected);
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
])('[CP10] what looks like a time and was not read is said: %j', (text, possibleTime) => {
  expect(parse(text)).toMatchObject({ returnTime: null, invalidTime: null, possibleTime });
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
  expect(parse(`smi away ${message}`)).toMatchObject({ returnTime: null, possibleTime: null, message });
});

it.each([
  ['smi away 14 people', '14 people'],
  ['smi away 2 visitors from Kiel', '2 visitors from Kiel'],
  ['smi away 5-10 guests', '5-10 guests'],
  ['smi away until 3 calls are done', 'until 3 calls are done'],
  ['smi away 12 Gäste', '12 Gäste'],
  ['smi away 12 Gaeste', '12 Gaeste'],
])('[CP11] what is counted is no time: %j', (text, message) => {
  expect(parse(text)).toMatchObject({ returnTime: null, message });
});

it.each([
  ['smi away #Customer visit 14:00', { subtype: 'Customer visit', returnTime: timeAt(14), message: '' }],
  ['smi away #customer visit at Nordhafen', { subtype: 'Customer visit', message: 'at Nordhafen' }],
  ['smi away #customer 14:00', { subtype: 'Customer', returnTime: timeAt(14), message: '' }],
  ['smi away #lunch break', { subtype: 'Lunch break', message: '' }],
  ['smi away #"Site visit" 14:00', { subtype: 'Site visit', returnTime: timeAt(14), message: '' }],
  [
    'smi away 14:00 #„Neue Messe“ Halle 3',
    { subtype: 'Neue Messe', returnTime: timeAt(14), message: 'Halle 3' },
  ],
  ['smi away #"Site', { subtype: '"Site', message: '' }],
])('[CP12] a subtype of several words is one that is known, or in quotation marks: %j', (text, expected) => {
  expect(parse(text)).toMatchObject(expected);
});

it.each([
  ['smi available 14:00', '14:00'],
  ['smi here until 3', 'until 3'],
])('[RT15] who is available has no return time: %j', (text, message) => {
  expect(parse(text)).toMatchObject({ state: 'available', returnTime: null, message, possibleTime: message });
});

it.each([
  ['smi #lunch', { state: 'away', subtype: 'Lunch', message: 'Eating', returnTime: timeAt(10, 45) }],
  ['smi lunch', { state: 'away', subtype: 'Lunch', message: 'Eating', returnTime: timeAt(10, 45) }],
  ['smi lunch 14:00 at Luigi’s', { subtype: 'Lunch', message: 'at Luigi’s', returnTime: timeAt(14) }],
  ['smi #lu 14', { subtype: 'Lunch', message: 'Eating', returnTime: timeAt(14) }],
  ['smi lunch #Errand', { subtype: 'Errand', message: 'Eating', returnTime: timeAt(10, 45) }],
  ['smi home', { state: 'chat', subtype: 'Home', returnTime: null }],
  ['smi home office', { state: 'chat', subtype: 'Home', message: '' }],
  ['smi away day', { state: 'xa', subtype: 'Away day', message: '' }],
  ['smi away lunch', { state: 'away', subtype: '', message: 'lunch' }],
  ['smi away #lunch', { state: 'away', subtype: 'Lunch', message: '' }],
])('[CP13] a template stands in place of the state: %j', (text, expected) => {
  expect(parse(text)).toMatchObject({ personQuery: 'smi', ...expected });
});

it.each(['lunch', 'smi lun', 'smi ho', 'reception 2', 'smi #xyz'])('[CP13] %j is no template', (text) => {
  expect(parse(text)).toBeNull();
});
