import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { denialOf, findDeniedPrivilege } from '../../testkit/debian/container-engine.ts';
import { provideNodeRoot } from '../../testkit/debian/debian-root.ts';
import { accountOfCookie, httpRequest, signIn } from '../../testkit/gateway/http-client.ts';
import { type ManagedChild, startChild } from '../../testkit/processes/child-process.ts';
import { freePort } from '../../testkit/processes/free-port.ts';
import { packLampboard } from '../../testkit/processes/pack-lampboard.ts';
import { repoPath } from '../../testkit/processes/repo-path.ts';
import { execOrThrow, runCommand } from '../../testkit/processes/run-command.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';

const UNIT = repoPath('deploy/lampboard.service');
const MAX_EXPOSURE = 2;
const USER_ID = 996;
const NSPAWN = ['--quiet', '--register=no', '--keep-unit', '--volatile=overlay'];

const analyze = (...args: string[]) => runCommand({ command: 'systemd-analyze', args });
const canAnalyze = (await analyze('--version')).code === 0;
if (!canAnalyze)
  process.stderr.write('\n!!! SKIPPED: rating the systemd unit, which takes systemd-analyze\n\n');

it.skipIf(!canAnalyze)('[SV5] systemd-analyze rates the exposure of the unit below 2.0', async () => {
  const { stdout, stderr } = await analyze('security', '--offline=true', '--no-pager', UNIT);
  expect(stderr).toBe('');
  const exposure = Number(/Overall exposure level for lampboard.service: ([\d.]+)/.exec(stdout)?.[1]);
  expect(exposure).toBeLessThan(MAX_EXPOSURE);
});

/** A Debian that systemd can boot in a container; or why not. */
async function findBootableRoot(): Promise<{ root: string } | { missing: string }> {
  const denied = await findDeniedPrivilege();
  if (denied !== null) return { missing: denied };
  const provided = await provideNodeRoot();
  if ('missing' in provided) return provided;
  const args = [...NSPAWN, `--directory=${provided.root}`, '/bin/true'];
  const started = await runCommand({ command: 'systemd-nspawn', args });
  if (started.code === 0) return provided;
  return { missing: started.code === null ? started.stderr : denialOf('systemd-nspawn', started) };
}

const bootable = await findBootableRoot();
if ('missing' in bootable)
  process.stderr.write(`\n!!! SKIPPED: running the systemd unit: ${bootable.missing}\n\n`);

let stop = async () => {};
let machine: ManagedChild;
let port: number;
const url = () => `http://127.0.0.1:${port}/`;

/** Returns the process of the container's init; empty without one. */
async function initPid(): Promise<string> {
  const children = await readFile(`/proc/${machine.pid}/task/${machine.pid}/children`, 'utf8');
  return children.split(' ')[0] ?? '';
}

/** Runs a command inside the container. */
async function inside(args: readonly string[], input = ''): Promise<string> {
  const init = await initPid();
  const namespaces = ['--mount', '--uts', '--ipc', '--pid', '--cgroup'];
  return execOrThrow({ command: 'nsenter', args: ['--target', init, ...namespaces, ...args], input });
}

beforeAll(async () => {
  if ('missing' in bootable) return;
  const temp = await makeTempFolder();
  stop = temp.stop;
  port = await freePort();
  const inTemp = (path: string) => join(temp.path, path);
  const archive = await packLampboard();
  await execOrThrow({
    command: 'npm',
    args: ['install', '--global', '--prefix', inTemp('opt'), archive],
    timeoutMs: 120_000,
  });
  await mkdir(inTemp('etc'));
  const settings = [
    'LAMPBOARD_DATA_DIR=/var/lib/lampboard',
    'LAMPBOARD_HOST=0.0.0.0',
    `LAMPBOARD_PORT=${port}`,
    'LAMPBOARD_DEMO_PUBLIC=true',
  ];
  await writeFile(inTemp('etc/.env'), settings.join('\n'));
  await writeFile(
    inTemp('passwd'),
    `root:x:0:0::/root:/bin/bash\nlampboard:x:${USER_ID}:${USER_ID}::/:/bin/false\n`,
  );
  await writeFile(inTemp('group'), `root:x:0:\nlampboard:x:${USER_ID}:\n`);
  const binds = {
    [inTemp('opt')]: '/opt/lampboard',
    [inTemp('etc')]: '/etc/lampboard',
    [inTemp('passwd')]: '/etc/passwd',
    [inTemp('group')]: '/etc/group',
    [UNIT]: '/etc/systemd/system/lampboard.service',
  };
  machine = await startChild({
    command: 'systemd-nspawn',
    args: [
      ...NSPAWN,
      `--directory=${bootable.root}`,
      ...Object.entries(binds).map(([from, to]) => `--bind-ro=${from}:${to}`),
      '--boot',
      'systemd.firstboot=no',
      'systemd.wants=lampboard.service',
    ],
    output: inTemp('output'),
  });
  stop = async () => {
    // The end of its init ends all processes of the container; that of systemd-nspawn does not.
    if (machine.isRunning()) {
      const init = Number(await initPid());
      if (init > 0) process.kill(init, 'SIGKILL');
    }
    await machine.kill();
    await temp.stop();
  };
  await waitUntil(
    'the live board',
    async () => {
      if (!machine.isRunning()) throw new Error(await readFile(inTemp('output'), 'utf8'));
      return (await httpRequest(`${url()}readyz`)).status === 200;
    },
    { ms: 60_000 },
  );
});
afterAll(() => stop());

it.skipIf('missing' in bootable)(
  '[SV5] under the unit the gateway is live without rights, and writes its store alone',
  async () => {
    const id = (await inside(['systemctl', 'show', '--property=MainPID', '--value', 'lampboard'])).trim();
    const status = await inside(['cat', `/proc/${id}/status`]);
    const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1];
    expect(
      Object.fromEntries(
        ['Uid', 'CapEff', 'CapBnd', 'NoNewPrivs', 'Seccomp'].map((name) => [name, field(name)]),
      ),
    ).toEqual({
      Uid: String(USER_ID),
      CapEff: '0000000000000000',
      CapBnd: '0000000000000000',
      NoNewPrivs: '1',
      Seccomp: '2',
    });
    const log = await inside(['journalctl', '--unit=lampboard', '--output=cat', '--no-pager']);
    expect(log).toContain('Lampboard is at http://0.0.0.0:');
    expect(log).not.toContain('uncaught');
    const mounts = await inside(['cat', `/proc/${id}/mountinfo`]);
    const optionsOf = (path: string) =>
      mounts
        .split('\n')
        .map((line) => line.split(' '))
        .findLast(([, , , , mount]) => mount === path)?.[5];
    expect(optionsOf('/')).toMatch(/^ro\b/);
    expect(optionsOf('/var/lib/lampboard')).toMatch(/^rw\b/);
  },
);

it.skipIf('missing' in bootable)('[SV5] accounts of the command line sign in there', async () => {
  const asUser = ['setpriv', `--reuid=${USER_ID}`, `--regid=${USER_ID}`, '--clear-groups'];
  const command = 'cd /etc/lampboard && exec /opt/lampboard/bin/lampboard "$@"';
  const args = ['account', 'add', 'ada', '--role', 'admin', '--password-stdin'];
  await inside([...asUser, 'sh', '-c', command, 'lampboard', ...args], 'blue tram 1903\n');
  const cookie = await signIn({ url: url() }, { account: 'ada', password: 'blue tram 1903' });
  expect(await accountOfCookie({ url: url() }, cookie)).toBe('ada');
});

it.skipIf('missing' in bootable)('[SV5] reload keeps it serving, and stop ends it at once', async () => {
  await inside(['systemctl', 'reload', 'lampboard']);
  expect((await httpRequest(`${url()}readyz`)).status).toBe(200);
  const began = performance.now();
  await inside(['systemctl', 'stop', 'lampboard']);
  expect(performance.now() - began).toBeLessThan(5000);
  const shown = await inside(['systemctl', 'show', '--property=Result,ExecMainStatus', 'lampboard']);
  expect(shown.split('\n')).toEqual(expect.arrayContaining(['Result=success', 'ExecMainStatus=0']));
  await expect(httpRequest(url())).rejects.toThrow('ECONNREFUSED');
});
