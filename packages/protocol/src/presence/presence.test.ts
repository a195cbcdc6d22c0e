import { expect, it } from 'vitest';
import { assignedExtension } from '../accounts/account.ts';
import { readOnlyReason } from './presence.ts';

it.each([
  ['CustomPresence:1101', null],
  ['custompresence:Ann Smith', null],
  ['CustomPresence:ann@corp-2', null],
  [null, 'no-provider'],
  ['SIP/1101', 'other-provider'],
  ['CustomPresence:', 'other-provider'],
  [' CustomPresence:1101', 'spaced-provider'],
  ['CustomPresence:a&CustomPresence:b', 'unusable-name'],
  ['CustomPresence:a)b', 'unusable-name'],
  ['CustomPresence:a"b', 'unusable-name'],
  ['CustomPresence:a\r\nAction: Logoff', 'unusable-name'],
])('[WR6] the provider %j is read-only because of %j', (provider, reason) => {
  expect(readOnlyReason(provider)).toBe(reason);
});

it('[LM6] an account may have an extension that contains an @', () => {
  expect(assignedExtension.parse('bob@corp@ext-local')).toBe('bob@corp@ext-local');
  for (const invalid of ['1101', '@default', '1101@', 'a b@default'])
    expect(assignedExtension.safeParse(invalid).success).toBe(false);
});
