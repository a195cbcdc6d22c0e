import { expect, it } from 'vitest';
import { ONLY_PBX } from '@lampboard/protocol';
import { BOARD_PROFILE, translate, translateUntrusted } from './translate.ts';

const status = (fields: Record<string, string>) => ({
  name: 'ExtensionStatus',
  fields: { exten: '1101', context: 'default', hint: 'PJSIP/1101', status: '8', ...fields },
});
const presence = (fields: Record<string, string>) => ({
  name: 'PresenceStateChange',
  fields: { presentity: 'CustomPresence:1101', status: 'away', subtype: '', message: '', ...fields },
});
const all = {
  pbxId: ONLY_PBX,
  isContextShown: () => true,
  hasExtension: () => true,
  isOffBoard: () => false,
  isPhoneFollowed: () => false,
};
const noExtensions = { ...all, hasExtension: () => false };

it('[LM1] a status is a fact about the lamp', () => {
  const fact = { kind: 'status', id: '1101@default', status: 8 };
  expect(translate(status({}), all)).toEqual({ kind: 'fact', target: '1101@default', fact });
});

it.each([
  ['an extension the board does not know', status({}), noExtensions],
  ['a hint just created', status({ hint: '' }), all],
  ['a removed hint', status({ status: '-2' }), all],
])('[LM4] %s needs a resync', (_, event, filter) => {
  expect(translate(event, filter)).toEqual({ kind: 'needs-resync' });
});

it('[KN2] events of a hint that is no entry are ignored', () => {
  const filter = { ...noExtensions, isOffBoard: () => true };
  expect(translate(status({}), filter)).toEqual({ kind: 'ignore' });
  expect(translateUntrusted(status({}), { ...filter, hasProvider: () => false })).toEqual({ kind: 'ignore' });
});

it('[LM7] a reload is translated', () => {
  expect(translate({ name: 'Reload', fields: {} }, all)).toEqual({ kind: 'reload' });
});

it('[PT2] the text of a presence is unescaped', () => {
  const event = presence({ subtype: String.raw`a\\b`, message: String.raw`x\ny \"z\"` });
  const unescaped = { state: 'away', subtype: 'a\\b', message: 'x\ny "z"' };
  expect(translate(event, all)).toMatchObject({ fact: { presence: unescaped } });
});

it.each([
  ['254 bytes', 'x'.repeat(254), 'fact'],
  ['255 bytes', 'x'.repeat(255), 'needs-query'],
  ['253 bytes and half a character', `${'x'.repeat(253)}\uFFFD`, 'needs-query'],
])('[PT5] a message of %s is %s', (_, message, kind) => {
  expect(translate(presence({ message }), all).kind).toBe(kind);
});

it.each([
  status({ status: 'x' }),
  status({ exten: '' }),
  presence({ status: 'odd' }),
  { name: 'Other', fields: {} },
])('[AM5] %j is ignored', (event) => {
  expect(translate(event, all)).toEqual({ kind: 'ignore' });
});

it('[AM15] a name with a line break, made up by a phone, is ignored', () => {
  expect(translate(status({ exten: '8\n1101' }), noExtensions)).toEqual({ kind: 'ignore' });
});

it('[GW1] an event of a context that is not shown is ignored', () => {
  const filter = { ...noExtensions, isContextShown: (context: string) => context === 'sales' };
  expect(translate(status({}), filter)).toEqual({ kind: 'ignore' });
});

const untrusted = (name: string, fields: Record<string, string>) =>
  translateUntrusted({ name, fields }, { ...all, hasProvider: (name) => name === 'CustomPresence:1101' });

it('[AM7] of an untrusted event only the target is used', () => {
  expect(untrusted('ExtensionStatus', { exten: '1101', context: 'default' })).toEqual({
    kind: 'needs-query',
    target: { kind: 'lamp', id: '1101@default', exten: '1101', context: 'default' },
  });
  expect(untrusted('PresenceStateChange', { presentity: 'CustomPresence:1101' })).toEqual({
    kind: 'needs-query',
    target: { kind: 'presence', id: 'custompresence:1101', provider: 'CustomPresence:1101', truncated: null },
  });
  const unknown = untrusted('PresenceStateChange', { presentity: 'CustomPresence:1109' });
  expect(unknown).toEqual({ kind: 'ignore' });
});

it.each([
  [{ Action: 'Getvar', Variable: 'HINT(1101@default,n)' }, true],
  [{ Action: 'Getvar', Variable: 'PRESENCE_STATE(CustomPresence:1101,message,e)' }, false],
  [{ Action: 'PresenceState', Provider: 'CustomPresence:1101' }, true],
  [{ Action: 'ExtensionStateList' }, false],
])('[AM7] the reply to %j echoes user text: %s', (action, echoes) => {
  expect(BOARD_PROFILE.echoesUserText(action)).toBe(echoes);
});
