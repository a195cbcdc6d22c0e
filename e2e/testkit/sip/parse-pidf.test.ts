import { expect, it } from 'vitest';
import { parsePidf } from './parse-pidf.ts';

const body = (inner: string): string =>
  `<presence><note>On the phone</note><tuple><status>${inner}</status></tuple></presence>`;

it('[TE1] reads state, subtype and message with their entities', () => {
  const xml =
    '<digium_presence type="away" subtype="a &amp; &quot;b&quot;">one&#10;two &lt;b&gt; &amp;lt; &#x1F35C;</digium_presence>';
  expect(parsePidf(body(xml))).toEqual({
    note: 'On the phone',
    state: 'away',
    subtype: 'a & "b"',
    message: 'one\ntwo <b> &lt; 🍜',
  });
});

it('[TE1] reads an element without a message, and a body without presence', () => {
  expect(parsePidf(body('<digium_presence type="chat" subtype="" />'))).toMatchObject({
    state: 'chat',
    message: '',
  });
  expect(parsePidf(body(''))).toMatchObject({ state: 'not_set', subtype: '', message: '' });
});
