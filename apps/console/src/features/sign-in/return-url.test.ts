import { expect, it } from 'vitest';
import { safeReturnPath, signInHref } from './return-url.ts';

const ORIGIN = 'https://board.example';

it.each(['/', '/me', '/?extension=1101%40default', '/admin?account=rita#x'])(
  '[SI4] %s is a place to go back to',
  (to) => {
    expect(safeReturnPath(to, ORIGIN)).toBe(to);
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
  '/setup',
  '/invite#token',
])('[SI4] %j is none, and leads to the board', (to) => {
  expect(safeReturnPath(to, ORIGIN)).toBe('/');
});

it('[SI4] the link to the sign-in page has the return path', () => {
  expect(signInHref('/')).toBe('/sign-in');
  expect(signInHref('/?extension=1101%40default')).toBe('/sign-in?to=%2F%3Fextension%3D1101%2540default');
});
