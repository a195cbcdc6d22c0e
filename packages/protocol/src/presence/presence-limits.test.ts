import { expect, it } from 'vitest';
import {
  MAX_AMI_LINE_BYTES,
  validatePresence,
  deskPhoneCharacters,
  maxMessageBytes,
  amiLineBytes,
} from './presence-limits.ts';

const away = (message: string, subtype = '') => ({ state: 'away', subtype, message });

function codeOf(input: { state: string; subtype: string; message: string }): string {
  const validated = validatePresence(input);
  return validated.ok ? 'ok' : validated.code;
}

it.each(['', 'Lunch', 'Réunion, salle 3'])(
  '[PT3] accepts a message up to the last byte that fits beside subtype %j',
  (subtype) => {
    const limit = maxMessageBytes({ state: 'away', subtype });
    expect(codeOf(away('x'.repeat(limit), subtype))).toBe('ok');
    expect(codeOf(away('x'.repeat(limit + 1), subtype))).toBe('too-long');
  },
);

it('[PT3] counts the line as Asterisk does: bytes of the base64 of UTF-8', () => {
  const line = `Value: away,${Buffer.from('é').toString('base64')},${Buffer.from('a😀').toString('base64')},e`;
  expect(amiLineBytes({ state: 'away', subtype: 'é', message: 'a😀' })).toBe(Buffer.byteLength(line));
});

it('[PT3] reports the remaining bytes', () => {
  const limit = maxMessageBytes({ state: 'dnd', subtype: 'Focus' });
  const validated = validatePresence({ state: 'dnd', subtype: 'Focus', message: 'é'.repeat(limit) });
  expect(validated).toMatchObject({
    ok: false,
    code: 'too-long',
    message: expect.stringContaining(String(limit)),
  });
});

it('[PT3] leaves no room beside a subtype that fills the line', () => {
  expect(maxMessageBytes({ state: 'away', subtype: 'x'.repeat(MAX_AMI_LINE_BYTES) })).toBe(0);
});

it.each(['avaliable', 'not_set', 'AWAY', ''])('[PT1] rejects the state %j', (state) => {
  expect(codeOf({ state, subtype: '', message: '' })).toBe('unknown-state');
});

it.each([
  ['half a character', '\ud800'],
  ['half a character between others', 'a\udc00b'],
  ['NUL', 'a\0b'],
])('[PT2] rejects %s in subtype and in message', (_, text) => {
  expect(codeOf(away(text))).toBe('invalid-text');
  expect(codeOf(away('', text))).toBe('invalid-text');
});

it('[PT2] replaces CRLF by LF and changes no other character', () => {
  const text = ' a\r\nb\rc\td "q" \'s\' \\ %41 ${X} <b>&amp; ,;😀\u{10FFFF}\uFEFF\u0001 ';
  expect(validatePresence(away(text, text))).toEqual({
    ok: true,
    presence: { state: 'away', subtype: text.replace('\r\n', '\n'), message: text.replace('\r\n', '\n') },
  });
});

it('[PT4] counts the characters that desk phones show', () => {
  expect(deskPhoneCharacters('short')).toBe(5);
  expect(deskPhoneCharacters('x'.repeat(300))).toBe(255);
  expect(deskPhoneCharacters(`${'x'.repeat(253)}😀y`)).toBe(253);
});
