import { type Extension, LAMPS, PRESENCE_STATES } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { translateEnglish } from '../../i18n/translate.ts';
import { testExtension } from '../../testing/fixtures.ts';
import { accessibleName, firstLine } from './accessible-name.ts';

it('[BD3] begins with number and name, followed by lamp, presence and texts', () => {
  const extension = testExtension('1104', {
    person: { name: 'Alice Chen', department: '', email: '', mobile: '' },
    lamp: 'in-use',
    presence: { state: 'away', subtype: 'Customer visit', message: 'At Nordhafen.\nBack later.' },
  });
  expect(accessibleName(translateEnglish, extension, { live: true })).toBe(
    '1104 Alice Chen, On a call, Away, Customer visit: At Nordhafen. Back later.',
  );
  expect(accessibleName(translateEnglish, extension, { live: false })).toContain('last known: On a call');
  expect(accessibleName(translateEnglish, { ...extension, presence: null }, { live: true })).toBe(
    '1104 Alice Chen, On a call',
  );
});

it('[ED8] includes unsaved changes', () => {
  expect(accessibleName(translateEnglish, testExtension('1101'), { live: true, unsaved: true })).toMatch(
    /, unsaved changes$/u,
  );
});

it('[SN5] [SN6] has the phone’s state where its hint combines devices', () => {
  const nameOf = (extension: Partial<Extension>) =>
    accessibleName(translateEnglish, testExtension('1', { presence: null, ...extension }), { live: true });
  expect(nameOf({ lamp: 'busy', phone: { lamp: 'idle', dnd: true } })).toMatch(/Phone on do not disturb$/u);
  expect(nameOf({ lamp: 'busy', phone: { lamp: 'in-use', dnd: true } })).toMatch(/Busy$/u);
  expect(nameOf({ lamp: 'idle', phone: { lamp: 'unavailable', dnd: false } })).toMatch(/Offline$/u);
});

it('[BD3] every lamp and every presence has a distinct label', () => {
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

it('[BD10] shows the first line that is not blank', () => {
  expect(firstLine('\r\n  \nAt Nordhafen\nBack later')).toBe('At Nordhafen');
  expect(firstLine('')).toBe('');
});
