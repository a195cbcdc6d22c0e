import { FAILURE_CODES } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { messages as german } from './catalogues/de.ts';
import { messages as admin } from './catalogues/admin/en.ts';
import { messages as first } from './catalogues/en.ts';
import { messages as help } from './catalogues/help/en.ts';
import { LANGUAGES, loadLanguage } from './languages.ts';
import { type Message, parseMessage } from './message.ts';
import { type ForeignMessages, addMessages, isMessageKey, translateEnglish } from './translate.ts';

const CATALOGUES = import.meta.glob<{ messages: ForeignMessages }>(
  ['./catalogues/*.ts', '!./catalogues/en.ts'],
  { eager: true },
);
const english = { ...first, ...admin, ...help };
addMessages(admin);
addMessages(help);
const keys = Object.keys(english).filter(isMessageKey);

const placeholdersOf = (message: Message) =>
  new Set(
    (typeof message === 'string' ? [message] : Object.values(message)).flatMap((form) =>
      parseMessage(form).filter((_, index) => index % 2 === 1),
    ),
  );

it.each(Object.entries(CATALOGUES))(
  '[IN1] %s has every message, with the placeholders of the English one',
  (_, { messages }) => {
    const failureKeys = [...FAILURE_CODES, 'conflict', 'superseded'].map((code) => `failure.${code}`);
    expect(Object.keys(messages).toSorted()).toEqual([...keys, ...failureKeys].toSorted());
    for (const key of keys) expect(placeholdersOf(messages[key]), key).toEqual(placeholdersOf(english[key]));
  },
);

it('[IN1] a file in the folder adds a language', async () => {
  expect(LANGUAGES).toContain('de');
  // The annotation checks the catalogue's type.
  const messages: ForeignMessages = german;
  const t = await loadLanguage('de');
  expect([t('presence.dnd'), messages['presence.dnd']]).toEqual(['Nicht stören', 'Nicht stören']);
  expect(t('time.minutes', { count: 1200 })).toBe('1.200 Min.');
});

it('[IN1] falls back to English', async () => {
  expect((await loadLanguage('xx'))('presence.dnd')).toBe(translateEnglish('presence.dnd'));
});
