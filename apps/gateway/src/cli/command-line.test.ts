import { expect, it } from 'vitest';
import manifest from '../../../../package.json' with { type: 'json' };
import { type Command, runCommandLine } from './command-line.ts';

function commandLine(node = '20.19.0') {
  const runs: unknown[] = [];
  const command = (name: string, exitCode: number): Command => ({
    summary: `does ${name}`,
    load: async () => async (args) => {
      runs.push([name, ...args]);
      return exitCode;
    },
  });
  const output = { text: '', errors: '' };
  const run = (...args: string[]) =>
    runCommandLine(args, {
      commands: new Map([
        ['serve', command('serve', 0)],
        ['doctor', command('doctor', 1)],
      ]),
      defaultCommand: 'serve',
      node,
      write: (text) => void (output.text += text),
      writeError: (text) => void (output.errors += text),
    });
  return { run, runs, output };
}

it('[SV1] runs the named command with its arguments, and serves without one', async () => {
  const { run, runs, output } = commandLine();
  expect(await run()).toBe(0);
  expect(await run('doctor', '--help', 'x')).toBe(1);
  expect(runs).toEqual([['serve'], ['doctor', '--help', 'x']]);
  expect(output).toEqual({ text: '', errors: '' });
});

it.each(['--help', '-h', 'help'])('[SV1] %s lists every command with its summary', async (option) => {
  const { run, runs, output } = commandLine();
  expect(await run(option)).toBe(0);
  expect(output.text).toMatch(/^ {2}serve {8}does serve$/m);
  expect(output.text).toMatch(/^ {2}doctor {7}does doctor$/m);
  expect(runs).toEqual([]);
});

it.each(['--version', '-v'])('[SV1] %s prints the version of package.json', async (option) => {
  const { run, output } = commandLine();
  expect(await run(option)).toBe(0);
  expect(output.text).toBe(`${manifest.version}\n`);
});

it('[SV1] rejects an unknown command with the list of commands', async () => {
  const { run, runs, output } = commandLine();
  expect(await run('docter')).toBe(1);
  expect(output.text).toBe('');
  expect(output.errors).toMatch(/“docter” is not a command.*\bdoctor\b/s);
  expect(runs).toEqual([]);
});

it.each(['18.20.4', '20.9.0', '8.17.0'])(
  '[SV8] on Node %s says which one it needs, and loads nothing',
  async (node) => {
    const { run, runs, output } = commandLine(node);
    expect(await run('doctor')).toBe(1);
    expect(output.errors).toBe(`Lampboard: Node 20.19 or newer is needed, but this is Node ${node}.\n`);
    expect(runs).toEqual([]);
  },
);

it.each(['20.19.0', '22.3.0', '100.0.0'])('[SV8] runs on Node %s', async (node) => {
  expect(await commandLine(node).run('serve')).toBe(0);
});
