import { expect, it } from 'vitest';
import { actionFault } from './action.ts';

it.each(['a\r\nAction: Originate', 'a\nb', 'a\rb', 'a\0b', '\ud800'])(
  '[AM4] refuses %j in a value before it is sent',
  (value) => {
    expect(actionFault({ Action: 'Setvar', Value: value })).toMatchObject({
      ok: false,
      code: 'invalid-action',
    });
  },
);

it('[AM4] refuses a line over 1,022 bytes, counted in UTF-8', () => {
  const room = 1022 - 'Value: '.length;
  expect(actionFault({ Action: 'Setvar', Value: 'x'.repeat(room) })).toBeNull();
  expect(actionFault({ Action: 'Setvar', Value: `é${'x'.repeat(room - 1)}` })).toMatchObject({
    code: 'invalid-action',
  });
});

it('[AM4] refuses a header name that is none', () => {
  expect(actionFault({ Action: 'Ping', 'A: b\r\nC': 'd' })).toMatchObject({ code: 'invalid-action' });
});
