import { expect, it } from 'vitest';
import { validateAction } from './message.ts';

it.each(['a\r\nAction: Originate', 'a\nb', 'a\rb', 'a\0b', '\ud800'])(
  '[AM4] refuses %j in a value before it is sent',
  (value) => {
    expect(validateAction({ Action: 'Setvar', Value: value })).toMatchObject({
      ok: false,
      code: 'invalid-action',
    });
  },
);

it('[AM4] refuses a line over 1,022 bytes, counted in UTF-8', () => {
  const maxValueBytes = 1022 - 'Value: '.length;
  expect(validateAction({ Action: 'Setvar', Value: 'x'.repeat(maxValueBytes) })).toBeNull();
  expect(validateAction({ Action: 'Setvar', Value: `é${'x'.repeat(maxValueBytes - 1)}` })).toMatchObject({
    code: 'invalid-action',
  });
});

it('[AM4] refuses a header name that is none', () => {
  expect(validateAction({ Action: 'Ping', 'A: b\r\nC': 'd' })).toMatchObject({ code: 'invalid-action' });
});
