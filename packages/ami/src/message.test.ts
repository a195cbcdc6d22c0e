import { expect, it } from 'vitest';
import { validateAction } from './message.ts';

const invalid = { ok: false, code: 'invalid-action' };

it.each(['a\r\nAction: Originate', 'a\nb', 'a\rb', 'a\0b', '\ud800'])(
  '[AM4] rejects %j in a value',
  (value) => {
    expect(validateAction({ Action: 'Setvar', Value: value })).toMatchObject(invalid);
  },
);

it('[AM4] rejects a line over 1,022 bytes of UTF-8', () => {
  const maxValueBytes = 1022 - 'Value: '.length;
  expect(validateAction({ Action: 'Setvar', Value: 'x'.repeat(maxValueBytes) })).toBeNull();
  const tooLong = `é${'x'.repeat(maxValueBytes - 1)}`;
  expect(validateAction({ Action: 'Setvar', Value: tooLong })).toMatchObject(invalid);
});

it('[AM4] rejects an invalid header name', () => {
  expect(validateAction({ Action: 'Ping', 'A: b\r\nC': 'd' })).toMatchObject(invalid);
});
