import { expect, it } from 'vitest';
import { safeTarget, signInWay } from './way-back.ts';

const ORIGIN = 'https://board.example';

it.each(['/', '/me', '/?extension=1101%40default', '/admin?account=rita#x'])(
  '[SI4] %s is a place to go back to',
  (to) => {
    expect(safeTarget(to, ORIGIN)).toBe(to);
  },
);

it.each([
  null,
  '',
  'me',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/sign-in?to=/me',
  '/welcome',
])('[SI4] %j is none, and leads to the board', (to) => {
  expect(safeTarget(to, ORIGIN)).toBe('/');
});

it('[SI4] the way to the sign-in page keeps where one was heading', () => {
  expect(signInWay('/')).toBe('/sign-in');
  expect(signInWay('/?extension=1101%40default')).toBe('/sign-in?to=%2F%3Fextension%3D1101%2540default');
});
