import { type Extension, LAMPS, type Lamp, PRESENCE_STATES } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { translateEnglish } from '../../i18n/translate.ts';
import { personNamed, presenceOf, testExtension } from '../../testing/fixtures.ts';
import { type ExtensionStatus, accessibleName, firstLine } from './accessible-name.ts';

const nameOf = (extension: Extension, status: Partial<ExtensionStatus> = {}) =>
  accessibleName(translateEnglish, extension, { live: true, ...status });

it('[BD3] begins with number and name, followed by lamp, presence and texts', () => {
  const extension = testExtension('1104', {
    person: personNamed('Alice Chen'),
    lamp: 'in-use',
    presence: presenceOf('away', 'At Nordhafen.\nBack later.', 'Customer visit'),
  });
  const name = '1104 Alice Chen, On a call, Away, Customer visit: At Nordhafen. Back later.';
  expect(nameOf(extension)).toBe(name);
  expect(nameOf(extension, { live: false })).toContain('last known: On a call');
  expect(nameOf({ ...extension, presence: null })).toBe('1104 Alice Chen, On a call');
});

it('[ED8] includes unsaved changes', () => {
  expect(nameOf(testExtension('1101'), { unsaved: true })).toMatch(/, unsaved changes$/u);
});

it('[SN5] [SN6] has the phone’s state where its hint combines devices', () => {
  const named = (extension: Partial<Extension>) =>
    nameOf(testExtension('1', { presence: null, ...extension }));
  const behindDnd = (behind: Lamp, lamp: Lamp = 'busy') =>
    named({ lamp, phone: { lamp: behind, dnd: true } });
  expect(behindDnd('idle')).toMatch(/1, Busy, Phone on do not disturb$/u);
  expect(behindDnd('in-use')).toMatch(/1, On a call, Phone on do not disturb$/u);
  expect(behindDnd('ringing', 'in-use-ringing')).toMatch(/1, Ringing, Phone on do not disturb$/u);
  expect(behindDnd('unavailable')).toMatch(/1, Offline, Phone on do not disturb$/u);
  expect(named({ lamp: 'idle', phone: { lamp: 'unavailable', dnd: false } })).toMatch(/Offline$/u);
});

it('[BD3] every lamp and every presence has a distinct label', () => {
  const lampNames = LAMPS.map((lamp) => nameOf(testExtension('1', { lamp, presence: null })));
  expect(new Set(lampNames).size).toBe(LAMPS.length);
  const presenceNames = PRESENCE_STATES.map((state) =>
    nameOf(testExtension('1', { presence: presenceOf(state) })),
  );
  expect(new Set(presenceNames).size).toBe(PRESENCE_STATES.length);
});

it('[BD10] shows the first line that is not blank', () => {
  expect(firstLine('\r\n  \nAt Nordhafen\nBack later')).toBe('At Nordhafen');
  expect(firstLine('')).toBe('');
});

it('[PF4] [PF5] names what is on at the phone, beside its state', () => {
  const named = (phone: Extension['phone'], lamp: Extension['lamp'] = 'idle') =>
    nameOf(testExtension('1', { presence: null, lamp, phone }));
  expect(named({ lamp: 'idle', dnd: true })).toMatch(/Idle, Phone on do not disturb$/u);
  expect(named({ dnd: true }, 'unavailable')).toMatch(/Offline, Phone on do not disturb$/u);
  const both = { lamp: 'idle', dnd: false, forwarded: true, followMe: true } as const;
  expect(named(both)).toMatch(/Idle, Calls forwarded, Follow-me on$/u);
  expect(named({ ...both, forwardedTo: '1102' })).toMatch(/Idle, Calls forwarded to 1102, Follow-me on$/u);
});
