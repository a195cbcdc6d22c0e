import {
  appendFile,
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { once } from 'node:events';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  type ProcessGroup,
  killProcessGroups,
  startProcessGroup,
} from '../../testkit/processes/process-group.ts';
import { freePort } from '../../testkit/processes/free-port.ts';
import { execOrThrow, runCommand } from '../../testkit/processes/run-command.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { httpRequest } from '../../testkit/gateway/http-client.ts';
import { repoPath } from '../../testkit/processes/repo-path.ts';

const ROOT = repoPath('.');
const UNPRIVILEGED_UID = 65_534;

afterEach(killProcessGroups);

const startGroup = (command: string, args: readonly string[], environment = env) =>
  startProcessGroup({ command, args, cwd: checkout, env: environment });

/** A built copy of the checkout with its dependencies. */
let checkout: string;
const buildCommand = () => ({ command: process.execPath, args: ['scripts/build.mjs'], cwd: checkout });
beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'lampboard-checkout-'));
  await chmod(checkout, 0o755);
  await mkdir(join(checkout, 'node_modules'));
  const link = (path: string) => symlink(join(ROOT, path), join(checkout, path));
  const copy = (path: string) =>
    cp(join(ROOT, path), join(checkout, path), {
      recursive: true,
      filter: (from) => basename(from) !== 'node_modules',
    });
  for (const name of await readdir(join(ROOT, 'node_modules')))
    await (name === '.built' ? copy : link)(join('node_modules', name));
  for (const name of 'apps packages scripts package.json pnpm-lock.yaml tsconfig.base.json'.split(' '))
    await copy(name);
  for (const part of ['apps/console', 'apps/gateway', 'packages/demo-pbx', 'packages/ami'])
    await link(join(part, 'node_modules'));
  // Parallel tests use the build in ROOT, which must not change.
  await execOrThrow({ ...buildCommand(), timeoutMs: 200_000 });
  return () => rm(checkout, { recursive: true });
});

/** An Asterisk that accepts connections without answering. */
let asterisk: Server;
const sessions = new Set<Socket>();
let data: string;
let env: NodeJS.ProcessEnv;
let url: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'lampboard-start-'));
  asterisk = createServer((socket) => {
    sessions.add(socket);
    socket.on('error', () => {}).on('close', () => sessions.delete(socket));
    socket.resume();
  });
  const [port, amiPort] = [await freePort(), await freePort()];
  await once(asterisk.listen(amiPort, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${port}/`;
  env = {
    ...process.env,
    LAMPBOARD_PORT: String(port),
    LAMPBOARD_DATA_DIR: data,
    LAMPBOARD_AMI_HOST: '127.0.0.1',
    LAMPBOARD_AMI_PORT: String(amiPort),
    LAMPBOARD_AMI_USERNAME: 'lampboard',
    LAMPBOARD_AMI_SECRET: 'hush',
  };
  return async () => {
    asterisk.close();
    await rm(data, { recursive: true });
  };
});

const serves = (group: ProcessGroup) =>
  waitUntil(
    'the gateway to serve',
    async () => {
      if (group.isGone()) throw new Error(group.output());
      return (await httpRequest(`${url}healthz`)).status === 200;
    },
    { ms: 30_000 },
  );

const ended = (group: ProcessGroup) =>
  waitUntil('all that was started to end', () => group.isGone() && sessions.size === 0, { ms: 5000 });

async function terminate(group: ProcessGroup): Promise<void> {
  group.leader.kill('SIGTERM');
  await ended(group);
}

it.each([
  ['npm start', 'npm', ['start']],
  ['the built gateway', process.execPath, ['apps/gateway/dist/main.js']],
])(
  '[CF10] SIGTERM to %s ends it with port and AMI session, and it starts again',
  async (_, command, args) => {
    for (const round of ['first', 'second']) {
      const group = startGroup(command, args);
      await serves(group);
      await waitUntil(`the AMI session of the ${round} start`, () => sessions.size === 1);
      await terminate(group);
      await expect(httpRequest(`${url}healthz`), round).rejects.toThrow('ECONNREFUSED');
    }
  },
);

it('[CF10] SIGTERM to the demo PBX by itself ends it', async () => {
  const port = await freePort();
  const args = ['run', 'demo-pbx', '--', '--port', String(port), '--extensions', '10', '--secret', 'hush'];
  const group = startGroup('npm', args, process.env);
  const isOpen = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  await waitUntil('the demo PBX', isOpen);
  await terminate(group);
  expect(await isOpen()).toBe(false);
});

it('[CF10] SIGTERM to npm in the first moments of a start leaves nothing behind', async () => {
  for (const afterMs of [50, 150, 250, 350, 450, 700]) {
    const group = startGroup('npm', ['start']);
    const began = performance.now();
    await waitUntil('that moment', () => performance.now() - began > afterMs, { everyMs: 5 });
    await terminate(group);
  }
  await expect(httpRequest(`${url}healthz`)).rejects.toThrow('ECONNREFUSED');
});

it('[CF10] where npm is killed, the gateway ends as well', async () => {
  const group = startGroup('npm', ['start']);
  await serves(group);
  group.leader.kill('SIGKILL');
  await ended(group);
  expect(group.isGone()).toBe(true);
});

const CONSOLE = ['apps/console/src/main.tsx', 'apps/console/dist'];

it('[CF10] SIGTERM to npm while it builds ends the build', async () => {
  for (const path of CONSOLE) await cp(join(checkout, path), join(data, path), { recursive: true });
  await appendFile(join(checkout, 'apps/console/src/main.tsx'), '\n// changed\n');
  const group = startGroup('npm', ['start']);
  await waitUntil('the build', () => group.output().includes('building apps/console'));
  await terminate(group);
  expect(group.output()).not.toContain('Lampboard is at');
  for (const path of CONSOLE) {
    await rm(join(checkout, path), { recursive: true, force: true });
    await cp(join(data, path), join(checkout, path), { recursive: true });
  }
});

it('[CF11] builds what has changed, or is not there, and nothing else', async () => {
  const build = async () => {
    const { code, stderr } = await runCommand(buildCommand());
    expect(code, stderr).toBe(0);
    return [...stderr.matchAll(/building (\S+)/g)].map(([, part]) => part);
  };
  expect(await build()).toEqual([]);
  await appendFile(join(checkout, 'packages/demo-pbx/src/index.ts'), '\n// changed\n');
  expect(await build()).toEqual(['apps/gateway', 'packages/demo-pbx']);
  await appendFile(join(checkout, 'packages/demo-pbx/src/office.test.ts'), '\n// a test only\n');
  await rm(join(checkout, 'packages/demo-pbx/dist/cli.js'));
  expect(await build()).toEqual(['packages/demo-pbx']);
  expect(await build()).toEqual([]);
});

/** Arguments that run a command as nobody; null if impossible on this machine. */
async function findUnprivilegedArgs(): Promise<readonly string[] | null> {
  const user = [`--reuid=${UNPRIVILEGED_UID}`, `--regid=${UNPRIVILEGED_UID}`, '--clear-groups'];
  // The checkout may be in a home folder that others cannot read.
  for (const granted of [[], ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search']]) {
    const args = [...user, ...granted];
    const modules = join(ROOT, 'apps/gateway/node_modules/fastify/package.json');
    const { code } = await runCommand({ command: 'setpriv', args: [...args, 'cat', modules] });
    if (code === 0) return args;
  }
  return null;
}

const unprivilegedArgs = await findUnprivilegedArgs();
if (unprivilegedArgs === null)
  process.stderr.write('\n!!! SKIPPED: starting as another user, which takes root\n\n');

it.skipIf(unprivilegedArgs === null)(
  '[CF11] starts for a user who may not write to the checkout, without building; what is out of date it says',
  async () => {
    await chown(data, UNPRIVILEGED_UID, UNPRIVILEGED_UID);
    const start = async (command: readonly string[]) => {
      const args = [...(unprivilegedArgs ?? []), ...command];
      const group = startGroup('setpriv', args, { ...env, HOME: '/nonexistent' });
      await serves(group);
      await terminate(group);
      return group.output();
    };
    await execOrThrow(buildCommand());
    expect(await start(['npm', 'start'])).not.toMatch(/building|may have changed/);
    expect(await start([process.execPath, 'apps/gateway/dist/main.js'])).toContain('Lampboard is at');
    await writeFile(join(checkout, 'packages/protocol/src/new.ts'), 'export {};\n');
    const stale = await start(['npm', 'start']);
    expect(stale).toMatch(/apps\/gateway may have changed.*Going on with what is built/);
    expect(stale).toContain('Lampboard is at');
  },
);
