import { expect, it } from 'vitest';
import { translate, translateDoubted } from './translate.ts';

const status = (fields: Record<string, string>) => ({
  name: 'ExtensionStatus',
  fields: { exten: '1101', context: 'default', hint: 'PJSIP/1101', status: '8', ...fields },
});
const presence = (fields: Record<string, string>) => ({
  name: 'PresenceStateChange',
  fields: { presentity: 'CustomPresence:1101', status: 'away', subtype: '', message: '', ...fields },
});
const all = { isShown: () => true, isKnown: () => true };
const noneKnown = { ...all, isKnown: () => false };

it('[LM1] a status is a fact about the lamp', () => {
  expect(translate(status({}), all)).toEqual({
    kind: 'fact',
    subject: '1101@default',
    fact: { kind: 'status', id: '1101@default', status: 8 },
  });
});

it.each([
  ['an extension the board does not know', status({}), noneKnown],
  ['a hint just created', status({ hint: '' }), all],
  ['a removed hint', status({ status: '-2' }), all],
])('[LM4] %s asks for a list', (_, event, scope) => {
  expect(translate(event, scope)).toEqual({ kind: 'unlisted' });
});

it('[LM7] a reload asks for a list and for the names', () => {
  expect(translate({ name: 'Reload', fields: {} }, all)).toEqual({ kind: 'reloaded' });
});

it('[PT2] the text of a presence is unescaped', () => {
  const heard = translate(presence({ subtype: String.raw`a\\b`, message: String.raw`x\ny \"z\"` }), all);
  expect(heard).toMatchObject({
    fact: { presence: { state: 'away', subtype: 'a\\b', message: 'x\ny "z"' } },
  });
});

it.each([
  ['254 bytes', 'x'.repeat(254), 'fact'],
  ['255 bytes', 'x'.repeat(255), 'unclear'],
  ['253 bytes and half a character', `${'x'.repeat(253)}\uFFFD`, 'unclear'],
])('[PT5] a message of %s is %s', (_, message, kind) => {
  expect(translate(presence({ message }), all).kind).toBe(kind);
});

it.each([
  status({ status: 'x' }),
  status({ exten: '' }),
  presence({ status: 'odd' }),
  { name: 'Other', fields: {} },
])('[AM5] %j means nothing', (event) => {
  expect(translate(event, all)).toEqual({ kind: 'nothing' });
});

it('[AM15] a name with a line break, as a telephone can make one up, means nothing', () => {
  expect(translate(status({ exten: '8\n1101' }), noneKnown)).toEqual({ kind: 'nothing' });
});

it('[GW1] an event of a context that is not shown means nothing', () => {
  expect(translate(status({}), { ...noneKnown, isShown: (context) => context === 'sales' })).toEqual({
    kind: 'nothing',
  });
});

const doubted = (name: string, fields: Record<string, string>) =>
  translateDoubted(
    { name, fields },
    { ...all, isProvider: (provider) => provider === 'CustomPresence:1101' },
  );

it('[AM7] of an event that may have been typed only whom to ask about is taken', () => {
  expect(doubted('ExtensionStatus', { exten: '1101', context: 'default' })).toEqual({
    kind: 'unclear',
    subject: { kind: 'lamp', id: '1101@default', exten: '1101', context: 'default' },
  });
  expect(doubted('PresenceStateChange', { presentity: 'CustomPresence:1101' })).toEqual({
    kind: 'unclear',
    subject: {
      kind: 'presence',
      id: 'custompresence:1101',
      provider: 'CustomPresence:1101',
      cut: null,
    },
  });
  expect(doubted('PresenceStateChange', { presentity: 'CustomPresence:1109' })).toEqual({ kind: 'nothing' });
});
