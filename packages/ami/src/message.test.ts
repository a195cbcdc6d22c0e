import { expect, it } from 'vitest';
import { validateAction } from './message.ts';

it.each(['a\r\nAction: Originate', 'a\nb', 'a\rb', 'a\0b', '\ud800'])(
  '[AM4] rejects %j in a value',
  (value) => {
    expect(validateAction({ Action: 'Setvar', Value: value })).toMatchObject({
      ok: false,
      code: 'invalid-action',
    });
  },
);

it('[AM4] rejects a line over 1,022 bytes of UTF-8', () => {
  const maxValueBytes = 1022 - 'Value: '.length;
  expect(validateAction({ Action: 'Setvar', Value: 'x'.repeat(maxValueBytes) })).toBeNull();
  expect(validateAction({ Action: 'Setvar', Value: `é${'x'.repeat(maxValueBytes - 1)}` })).toMatchObject({
    code: 'invalid-action',
  });
});

it('[AM4] rejects an invalid header name', () => {
  expect(validateAction({ Action: 'Ping', 'A: b\r\nC': 'd' })).toMatchObject({ code: 'invalid-action' });
});
