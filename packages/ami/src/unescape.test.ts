import { expect, it } from 'vitest';
import { unescapeC } from './unescape.ts';

it('[AM8] undoes the escapes of PresenceStateChange', () => {
  expect(unescapeC(String.raw`a\nb\r\n\t\\n \"q\" \'s\' \? \a\b\f\v`)).toBe(
    'a\nb\r\n\t\\n "q" \'s\' ? \u0007\b\f\v',
  );
});
