import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCorpus, formatScript, parseScript } from './script.ts';
import { fuzz } from './fuzz.ts';

const GATEWAY = fileURLToPath(new URL('..', import.meta.url));
const CORPUS = fileURLToPath(new URL('corpus', import.meta.url));

let folder: string;
beforeAll(async () => {
  // Inside the gateway's folder, where the build finds its dependencies.
  folder = await mkdtemp(join(GATEWAY, 'dist-fuzz-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('[AM14] whatever is typed or sent, no lamp or name is forged, and in the end the board is right', async () => {
  const corpus = readCorpus(CORPUS);
  const outcome = await fuzz({ corpus, seed: 1, ms: 4000 });
  expect(outcome.found && formatScript(outcome.found.script)).toBeNull();
  expect(outcome.runs).toBeGreaterThan(corpus.length);
}, 60_000);

it('[AM14] a script is the same after it was written and read', () => {
  const text = 'lamp 1101 BUSY\npause\npresence 1102 a\\r\\n\\u0000b\nevent Event: X\\r\\nA: "\\\\\n';
  const steps = parseScript(text.replace('"', '\\"'));
  expect(steps).toHaveLength(4);
  expect(parseScript(formatScript(steps))).toEqual(steps);
});

/** Builds the command with a bug in the trust filter, and runs it on a corpus without forged events. */
async function fuzzWithBug(from: string, to: string): Promise<{ code: unknown; output: string }> {
  const bugPlugin: Plugin = {
    name: 'bug',
    transform(code, id) {
      if (!id.endsWith('/ami/src/trust-filter.ts')) return null;
      expect(code).toContain(from);
      return code.replace(from, to);
    },
  };
  const corpus = await mkdtemp(join(tmpdir(), 'lampboard-fuzz-'));
  await writeFile(
    join(corpus, 'call.txt'),
    'event Event: Newchannel\\r\\nCallerIDNum: 1\nlamp 1101 RINGING\n',
  );
  await build({
    root: GATEWAY,
    configFile: join(GATEWAY, 'vite.fuzz.config.ts'),
    logLevel: 'error',
    plugins: [bugPlugin],
    build: { outDir: folder },
  });
  const args = [join(folder, 'cli.js'), '--minutes', '0.4', '--seed', '1', '--corpus', corpus];
  const result = await new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile(process.execPath, args, (error, output) => resolve({ code: error?.code ?? 0, output }));
  });
  await rm(corpus, { recursive: true });
  return result;
}

it.each([
  ['trusts what follows a relayed event', 'tainted = true;', ''],
  ['trusts what follows a device named after dialled text', 'isSpoofable(block, pattern)', 'false'],
  ['takes any ActionID for its own', 'isPending(actionId)', 'actionId'],
  ['accepts what a name adds to a list', 'isForged ?', 'false ?'],
])('[AM14] a trust filter that %s is found within seconds', { timeout: 90_000 }, async (_, from, to) => {
  const { code, output } = await fuzzWithBug(from, to);
  expect(output).toMatch(/found: /);
  expect(code).toBe(1);
});
