import { type ExtensionRow, LAMPS, PRESENCE_STATES } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { translateEnglish } from '../i18n/translate.ts';
import { rowOf } from '../live/testing/row-of.ts';
import { extensionWords, firstLine } from './extension-words.ts';

it('[BD3] the accessible name begins with number and name, and holds the words and what was said', () => {
  const row = rowOf('1104', {
    person: { name: 'Alice Chen', department: '', email: '', mobile: '' },
    lamp: 'in-use',
    presence: { state: 'away', subtype: 'Customer visit', message: 'At Nordhafen.\nBack later.' },
  });
  expect(extensionWords(translateEnglish, row, { live: true })).toBe(
    '1104 Alice Chen, In use, Away, Customer visit: At Nordhafen. Back later.',
  );
  expect(extensionWords(translateEnglish, row, { live: false })).toContain('last known: In use');
  expect(extensionWords(translateEnglish, { ...row, presence: null }, { live: true })).toBe(
    '1104 Alice Chen, In use',
  );
});

it('[ED8] says that something typed is not saved', () => {
  expect(extensionWords(translateEnglish, rowOf('1101'), { live: true, unsaved: true })).toMatch(
    /, not saved$/u,
  );
});

it('[SN5] [SN6] says what the telephone does where its hint joins it with other devices', () => {
  const said = (row: Partial<ExtensionRow>) =>
    extensionWords(translateEnglish, rowOf('1', { presence: null, ...row }), { live: true });
  expect(said({ lamp: 'busy', phone: { lamp: 'idle', dnd: true } })).toMatch(/Phone on do not disturb$/u);
  expect(said({ lamp: 'busy', phone: { lamp: 'in-use', dnd: true } })).toMatch(/Busy$/u);
  expect(said({ lamp: 'idle', phone: { lamp: 'unavailable', dnd: false } })).toMatch(/Unavailable$/u);
});

it('[BD3] every lamp and every presence has a word of its own', () => {
  const words = LAMPS.map((lamp) =>
    extensionWords(translateEnglish, rowOf('1', { lamp, presence: null }), { live: true }),
  );
  expect(new Set(words).size).toBe(LAMPS.length);
  const said = PRESENCE_STATES.map((state) =>
    extensionWords(translateEnglish, rowOf('1', { presence: { state, subtype: '', message: '' } }), {
      live: true,
    }),
  );
  expect(new Set(said).size).toBe(PRESENCE_STATES.length);
});

it('[BD10] shows the first line that holds anything', () => {
  expect(firstLine('\r\n  \nAt Nordhafen\nBack later')).toBe('At Nordhafen');
  expect(firstLine('')).toBe('');
});
