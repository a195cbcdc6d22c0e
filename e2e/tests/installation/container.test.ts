import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ContainerEngine, findContainerEngine } from '../../testkit/debian/container-engine.ts';
import { httpRequest, signIn } from '../../testkit/gateway/http-client.ts';
import { freePort } from '../../testkit/processes/free-port.ts';
import { repoPath } from '../../testkit/processes/repo-path.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';

const BUILD_TIMEOUT_MS = 600_000;
const STOP_TIMEOUT_S = 10;
const IMAGE = 'localhost/lampboard-test';
const NAME = 'lampboard-test';
const VOLUME = 'lampboard-test-data';
const PASSWORD = 'blue tram 1903';

const found = await findContainerEngine();
if ('missing' in found)
  process.stderr.write(`\n!!! SKIPPED: building and running the container: ${found.missing}\n\n`);

function engine(): ContainerEngine {
  if ('missing' in found) throw new Error(found.missing);
  return found;
}

describe.skipIf('missing' in found)('the container', () => {
  let port: number;
  /** Stands for /etc/lampboard. */
  let settings: string;
  beforeAll(() => engine().build(repoPath('.'), IMAGE), BUILD_TIMEOUT_MS);
  beforeEach(async () => {
    port = await freePort();
    const temp = await makeTempFolder();
    settings = temp.path;
    await chmod(settings, 0o755);
    await writeFile(join(settings, '.env'), `LAMPBOARD_PORT=${port}\n`);
    return temp.stop;
  });
  afterEach(async () => {
    await engine().call(['rm', '--force', '--volumes', NAME]);
  });
  afterAll(async () => {
    await engine().call(['volume', 'rm', '--force', VOLUME]);
    await engine().removeImages(IMAGE);
  });

  const url = () => `http://127.0.0.1:${port}/`;
  const hardened = () => [
    ...engine().readOnly,
    ...'--cap-drop all --security-opt no-new-privileges --pids-limit 100 --network host'.split(' '),
    ...`--env LAMPBOARD_DEMO_PUBLIC=true --volume ${VOLUME}:/data`.split(' '),
    `--volume=${settings}:/etc/lampboard:ro`,
  ];
  const logs = async () => {
    const { stdout, stderr } = await engine().call(['logs', NAME]);
    return stdout + stderr;
  };
  const inside = (...command: string[]) => engine().call(['exec', NAME, ...command]);
  const inspect = async (format: string) =>
    (await engine().call(['inspect', '--format', format, NAME])).stdout.trim();

  async function start(): Promise<void> {
    const started = await engine().run(['--detach', '--name', NAME, ...hardened(), IMAGE]);
    expect(started.code, started.stderr).toBe(0);
    await waitUntil('the live board', async () => {
      if ((await inspect('{{.State.Running}}')) !== 'true') throw new Error(await logs());
      return (await httpRequest(`${url()}readyz`)).status === 200;
    });
  }

  it('[SV7] serves as an unprivileged user without capabilities, on a read-only root', async () => {
    await start();
    const { stdout: status } = await inside('cat', '/proc/1/status');
    const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1];
    expect(['Name', 'Uid', 'CapEff', 'CapBnd', 'NoNewPrivs'].map(field)).toEqual([
      'node',
      '10001',
      '0000000000000000',
      '0000000000000000',
      '1',
    ]);
    for (const path of ['/x', '/tmp/x', '/opt/lampboard/x', '/etc/lampboard/x'])
      expect((await inside('touch', path)).stderr, path).toMatch(/Read-only|Permission denied/);
    expect((await inside('ls', '/data')).stdout).toContain('demo.db');
  });

  it('[SV7] its health check passes while it serves', async () => {
    await start();
    expect(await inspect('{{join .Config.Healthcheck.Test " "}}')).toBe('CMD lampboard healthcheck');
    expect(await inside('lampboard', 'healthcheck')).toMatchObject({ code: 0 });
    const elsewhere = ['--env', `LAMPBOARD_PORT=${await freePort()}`];
    const failed = await engine().call(['exec', ...elsewhere, NAME, 'lampboard', 'healthcheck']);
    expect(failed.code).toBe(1);
  });

  it('[SV7] SIGTERM ends it at once, and its volume keeps the accounts', async () => {
    const add = ['account', 'add', 'ada', '--role', 'admin', '--password-stdin'];
    const added = await engine().run(
      ['--rm', '--interactive', ...hardened(), IMAGE, ...add],
      `${PASSWORD}\n`,
    );
    expect(added.code, added.stderr).toBe(0);
    for (const round of ['first', 'second']) {
      await start();
      await signIn({ url: url() }, { account: 'ada', password: PASSWORD });
      const began = performance.now();
      await engine().call(['stop', '--time', String(STOP_TIMEOUT_S), NAME]);
      expect(performance.now() - began, round).toBeLessThan(5000);
      expect(await inspect('{{.State.ExitCode}}')).toBe('0');
      await engine().call(['rm', NAME]);
    }
  });

  it('[SV6] shows no demo to others unless told to', async () => {
    const { code, stderr } = await engine().run(['--rm', '--network', 'host', IMAGE]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Lampboard: LAMPBOARD_HOST is 0\.0\.0\.0, which others can reach\. .*LAMPBOARD_AMI_HOST/m,
    );
    await start();
    expect(await logs()).toContain('!!! The embedded demo PBX is shown to everyone');
  });
});
