import { cp, readFile, readdir, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { httpRequest, signIn } from '../../testkit/gateway/http-client.ts';
import { freePort } from '../../testkit/processes/free-port.ts';
import {
  type ProcessGroup,
  killProcessGroups,
  startProcessGroup,
} from '../../testkit/processes/process-group.ts';
import { packLampboard } from '../../testkit/processes/pack-lampboard.ts';
import { repoPath } from '../../testkit/processes/repo-path.ts';
import { execOrThrow, runCommand } from '../../testkit/processes/run-command.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';

const COLD_START_MS = 15_000;
const ROOT = repoPath('.');
const PACKAGE = repoPath(`dist/lampboard-${manifest.version}.tgz`);

const { code: registryCode } = await runCommand({ command: 'npm', args: ['view', 'libsql', 'version'] });
const hasRegistry = registryCode === 0 || process.env['CI'] === 'true';
if (!hasRegistry)
  process.stderr.write('\n!!! SKIPPED: installing the package, which takes the npm registry\n\n');

beforeAll(packLampboard);

/** A folder that holds nothing but the package, and a cache without anything. */
let folder: string;
let port: number;
let env: NodeJS.ProcessEnv;
beforeEach(async () => {
  const temp = await makeTempFolder();
  folder = temp.path;
  port = await freePort();
  await cp(PACKAGE, join(folder, basename(PACKAGE)));
  // Settings and variables of `npm test` itself do not apply.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|LAMPBOARD_|NODE_ENV$)/.test(name),
  );
  env = {
    ...Object.fromEntries(inherited),
    npm_config_cache: join(folder, 'cache'),
    LAMPBOARD_PORT: String(port),
  };
  return temp.stop;
});
afterEach(killProcessGroups);

const url = () => `http://127.0.0.1:${port}/`;
const isLive = async () => (await httpRequest(`${url()}readyz`)).status === 200;
const npm = (...args: string[]) =>
  execOrThrow({ command: 'npm', args, cwd: folder, env, timeoutMs: 120_000 });

async function waitUntilLive(group: ProcessGroup): Promise<void> {
  await waitUntil(
    'the live board',
    async () => {
      if (group.isGone()) throw new Error(group.output());
      return isLive();
    },
    { ms: 60_000 },
  );
}

/** Files and folders that the process at this port has open or mapped. */
async function filesInUse(group: ProcessGroup): Promise<string> {
  const texts = await Promise.all(
    (await readdir('/proc')).map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const groupId = Number(stat.slice(stat.lastIndexOf(')')).split(' ')[3]);
      if (groupId !== group.leader.pid) return '';
      return [await readlink(`/proc/${pid}/cwd`), await readFile(`/proc/${pid}/maps`, 'utf8')].join('\n');
    }),
  );
  return texts.join('\n');
}

it.skipIf(!hasRegistry)(
  '[SV2] npx shows the demo live within 15 s, with an empty cache and no checkout',
  async () => {
    const args = ['--yes', `file:${basename(PACKAGE)}`];
    const began = performance.now();
    const group = startProcessGroup({ command: 'npx', args, cwd: folder, env });
    await waitUntilLive(group);
    const elapsedMs = performance.now() - began;
    process.stdout.write(`npx, cold: live after ${(elapsedMs / 1000).toFixed(1)} s\n`);
    expect(elapsedMs).toBeLessThan(COLD_START_MS);
    expect(group.output()).toContain(`Lampboard is at ${url()}`);
    expect(group.output()).toContain('the embedded demo PBX, not a real one');
    const page = await httpRequest(url());
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page.text)?.[1] ?? '';
    expect((await httpRequest(new URL(script, url()))).status).toBe(200);
    expect(await filesInUse(group)).not.toContain(ROOT);
  },
);

it.skipIf(!hasRegistry)('[SV2] SIGTERM to npx ends all that it started', async () => {
  const args = ['--yes', `file:${basename(PACKAGE)}`];
  const group = startProcessGroup({ command: 'npx', args, cwd: folder, env });
  await waitUntilLive(group);
  group.leader.kill('SIGTERM');
  await waitUntil('the end of all processes', group.isGone, { ms: 5000 });
  await expect(isLive()).rejects.toThrow('ECONNREFUSED');
});

it.skipIf(!hasRegistry)(
  '[SV3] installs into one folder, whose lampboard serves and manages accounts',
  async () => {
    await npm('install', '--global', '--prefix', join(folder, 'opt'), basename(PACKAGE));
    const command = join(folder, 'opt/bin/lampboard');
    const run = (...args: string[]) =>
      runCommand({ command, args, cwd: folder, env, input: 'blue tram 1903\n' });
    expect(await run('--version')).toMatchObject({ code: 0, stdout: `${manifest.version}\n` });
    const added = await run('account', 'add', 'rita', '--role', 'admin', '--password-stdin');
    expect(added).toMatchObject({ code: 0, stderr: '' });
    const group = startProcessGroup({ command, args: ['serve'], cwd: folder, env });
    await waitUntilLive(group);
    await signIn({ url: url() }, { account: 'rita', password: 'blue tram 1903' });
    group.leader.kill('SIGTERM');
    await waitUntil('the end', group.isGone, { ms: 5000 });
    expect(group.leader.exitCode).toBe(0);
  },
);

it('[SV3] holds what runs, its documents and licences, and no source', async () => {
  const listed = await execOrThrow({ command: 'tar', args: ['-tzf', PACKAGE] });
  const files = listed
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''));
  expect(files).toEqual(
    expect.arrayContaining([
      'package.json',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'docs/administration.md',
      'apps/gateway/dist/main.js',
      'apps/gateway/dist/licenses.md',
      'apps/console/dist/index.html',
      'apps/console/dist/licenses.md',
    ]),
  );
  expect(files.filter((file) => /\.(?:tsx?|map|env|db)$|node_modules|\btest/.test(file))).toEqual([]);
});
