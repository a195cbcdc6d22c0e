import { type Extension, LAMPS, PRESENCE_STATES } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { translateEnglish } from '../../i18n/translate.ts';
import { testExtension } from '../../testing/extension-fixture.ts';
import { accessibleName, firstLine } from './accessible-name.ts';

it('[BD3] the accessible name begins with number and name, and holds the words and what was said', () => {
  const extension = testExtension('1104', {
    person: { name: 'Alice Chen', department: '', email: '', mobile: '' },
    lamp: 'in-use',
    presence: { state: 'away', subtype: 'Customer visit', message: 'At Nordhafen.\nBack later.' },
  });
  expect(accessibleName(translateEnglish, extension, { live: true })).toBe(
    '1104 Alice Chen, In use, Away, Customer visit: At Nordhafen. Back later.',
  );
  expect(accessibleName(translateEnglish, extension, { live: false })).toContain('last known: In use');
  expect(accessibleName(translateEnglish, { ...extension, presence: null }, { live: true })).toBe(
    '1104 Alice Chen, In use',
  );
});

it('[ED8] says that something typed is not saved', () => {
  expect(accessibleName(translateEnglish, testExtension('1101'), { live: true, unsaved: true })).toMatch(
    /, not saved$/u,
  );
});

it('[SN5] [SN6] says what the telephone does where its hint joins it with other devices', () => {
  const nameOf = (extension: Partial<Extension>) =>
    accessibleName(translateEnglish, testExtension('1', { presence: null, ...extension }), { live: true });
  expect(nameOf({ lamp: 'busy', phone: { lamp: 'idle', dnd: true } })).toMatch(/Phone on do not disturb$/u);
  expect(nameOf({ lamp: 'busy', phone: { lamp: 'in-use', dnd: true } })).toMatch(/Busy$/u);
  expect(nameOf({ lamp: 'idle', phone: { lamp: 'unavailable', dnd: false } })).toMatch(/Unavailable$/u);
});

it('[BD3] every lamp and every presence has a word of its own', () => {
  const lampNames = LAMPS.map((lamp) =>
    accessibleName(translateEnglish, testExtension('1', { lamp, presence: null }), { live: true }),
  );
  expect(new Set(lampNames).size).toBe(LAMPS.length);
  const presenceNames = PRESENCE_STATES.map((state) =>
    accessibleName(translateEnglish, testExtension('1', { presence: { state, subtype: '', message: '' } }), {
      live: true,
    }),
  );
  expect(new Set(presenceNames).size).toBe(PRESENCE_STATES.length);
});

it('[BD10] shows the first line that holds anything', () => {
  expect(firstLine('\r\n  \nAt Nordhafen\nBack later')).toBe('At Nordhafen');
  expect(firstLine('')).toBe('');
});
