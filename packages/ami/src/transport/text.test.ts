import { expect, it } from 'vitest';
import { createLineDecoder, decodeText, unescapeC } from './text.ts';
import fc from 'fast-check';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

it('[TX5] decodes UTF-8 as UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      fc.pre(text.isWellFormed());
      expect(decodeText(Buffer.from(text))).toBe(text);
    }),
  );
});

it.each([
  ['Cong\xe9s', 'Congés'],
  ['J\xe9r\xf4me', 'Jérôme'],
  ['\xe9', 'é'],
  ['caf\xe9', 'café'],
  ['\x93Zur\xfcck\x94 \x96 5 \x80', '“Zurück” – 5 €'],
  ['\xabCAF\xc9\xbb', '«CAFÉ»'],
  ['\xff\xfe\x81', 'ÿþ\x81'],
])('[TX5] decodes other bytes as Windows-1252: %j', (bytes, text) => {
  expect(decodeText(latin1(bytes))).toBe(text);
});

it('[TX5] UTF-8 truncated inside a character stays UTF-8', () => {
  for (const character of ['é', '€', '😀']) {
    const text = `Réunion ${character}`;
    const complete = Buffer.from(text);
    for (let bytes = 1; bytes < Buffer.byteLength(character); bytes += 1) {
      expect(decodeText(complete.subarray(0, -bytes))).toBe('Réunion \uFFFD');
    }
  }
  const truncated = Buffer.from(`${'x'.repeat(254)}é`).subarray(0, 255);
  expect(decodeText(truncated, { mayBeTruncated: true })).toBe(`${'x'.repeat(254)}\uFFFD`);
});

it('[TX5] decodes each header by itself, and identifiers only as UTF-8', () => {
  const provider = 'Presentity: CustomPresence:Ren\xe9';
  const block = Buffer.concat([
    latin1(`Event: PresenceStateChange\r\n${provider}\r\nSubtype: Cong\xe9s\r\nMessage: `),
    Buffer.from('à bientôt ☕'),
  ]);
  expect(createLineDecoder(['Presentity'])(block)).toEqual([
    'Event: PresenceStateChange',
    'Presentity: CustomPresence:Ren\uFFFD',
    'Subtype: Congés',
    'Message: à bientôt ☕',
  ]);
});

it('[AM8] undoes the escapes of PresenceStateChange', () => {
  expect(unescapeC(String.raw`a\nb\r\n\t\\n \"q\" \'s\' \? \a\b\f\v`)).toBe(
    'a\nb\r\n\t\\n "q" \'s\' ? \u0007\b\f\v',
  );
});
