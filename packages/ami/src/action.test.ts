import { expect, it } from 'vitest';
import { actionFault } from './action.ts';
import { LOGIN_REFUSED_MS, retryDelay } from './retry-delay.ts';
import { unescapeC } from './unescape.ts';

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

it('[AM2] waits longer from try to try, up to a cap under 5 s, and never the same time as others', () => {
  const delays = [0, 1, 2, 3, 9, 1000].map((attempt) => retryDelay('unreachable', attempt, 0));
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
  expect(Math.max(...delays)).toBeLessThanOrEqual(5000);
  expect(retryDelay('turned-away', 1000, 0)).toBeLessThanOrEqual(5000);
  expect(retryDelay('unreachable', 9, 0.9)).toBeLessThan(retryDelay('unreachable', 9, 0.1));
});

it('[AM3] does not hammer an Asterisk that refuses the login', () => {
  expect(retryDelay('login-refused', 0, 0.5)).toBe(LOGIN_REFUSED_MS);
});

it('[AM8] undoes the escapes of PresenceStateChange', () => {
  expect(unescapeC(String.raw`a\nb\r\n\t\\n \"q\" \'s\' \? \a\b\f\v`)).toBe(
    'a\nb\r\n\t\\n "q" \'s\' ? \u0007\b\f\v',
  );
});
