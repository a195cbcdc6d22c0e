import { expect, it } from 'vitest';
import { parseCli } from './cli-options.ts';

const DEFAULTS = { host: '127.0.0.1', port: 5038, seed: 1, secret: 'demo', simulation: { kind: 'office' } };

it('[DM3] simulates the office by default', () => {
  expect(parseCli([])).toEqual({ kind: 'run', options: DEFAULTS });
});

it('[DM3] accepts extensions and a rate', () => {
  const simulation = { kind: 'load', extensions: 5000, rate: 250, calls: 500, noise: 40_000 };
  const args =
    '--port 0 --extensions 5000 --rate 250 --calls 500 --noise 40000 --seed 9 --secret x --host ::1';
  const options = { host: '::1', port: 0, seed: 9, secret: 'x', simulation };
  expect(parseCli(args.split(' '))).toEqual({ kind: 'run', options });
  const defaults = { options: { simulation: { rate: 100, calls: 0, noise: 0 } } };
  expect(parseCli(['--extensions', '10'])).toMatchObject(defaults);
});

it('[DM3] shows its help', () => {
  expect(parseCli(['--help', '--port', 'x'])).toEqual({ kind: 'help' });
});

it.each([
  ['--port 70000', '--port takes a whole number from 0 to 65535, not "70000"'],
  ['--port 1.5', '--port takes'],
  ['--extensions 0', '--extensions takes a whole number from 1 to 100000'],
  ['--extensions 5 --rate many', '--rate takes'],
  ['--rate 5', '--rate requires --extensions'],
  ['--noise 5', '--noise requires --extensions'],
  ['--secret=', '--secret must not be empty'],
  ['--nonsense', '--nonsense'],
  ['word', 'word'],
])('[DM3] %s is an error of one line', (args, message) => {
  const parsed = parseCli(args.split(' '));
  expect(parsed).toMatchObject({ kind: 'invalid', message: expect.stringContaining(message) });
  expect(JSON.stringify(parsed)).not.toContain('\\n');
});
