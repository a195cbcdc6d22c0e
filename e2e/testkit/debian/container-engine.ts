import { type CommandResult, execOrThrow, runCommand } from '../processes/run-command.ts';
import { NODE_CERTIFICATES, provideNodeRoot } from './debian-root.ts';

/** Engines, with the options by which they may start containers: older kernels need another runtime. */
const ENGINES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  podman: [[], ['--runtime', 'runc']],
  docker: [[]],
};

/** At most those of this machine, which engines would otherwise try to raise. */
const LIMITS = ['--ulimit', 'nofile=1024:4096', '--ulimit', 'nproc=1024:4096'];

const BASE = 'localhost/lampboard-test-base';

/** Runs containers, from a base image made of Debian's packages. */
export type ContainerEngine = ReturnType<typeof createEngine>;

/** Returns an engine that runs containers on this machine, or why there is none. */
export async function findContainerEngine(): Promise<ContainerEngine | { readonly missing: string }> {
  const denied = await findDeniedPrivilege();
  if (denied !== null) return { missing: denied };
  const provided = await provideNodeRoot();
  if ('missing' in provided) return provided;
  let missing = 'neither podman nor docker is installed';
  for (const [command, variants] of Object.entries(ENGINES)) {
    if ((await runCommand({ command, args: ['--version'] })).code === null) continue;
    const load = [command, 'import', '--change', `ENV ${NODE_CERTIFICATES}`, '-', BASE];
    const imported = await runCommand({
      command: 'bash',
      args: ['-o', 'pipefail', '-c', 'tar --directory "$0" --create . | "$@"', provided.root, ...load],
      timeoutMs: 240_000,
    });
    let last = imported;
    for (const options of imported.code === 0 ? variants : []) {
      const engine = createEngine(command, options);
      last = await engine.run(['--rm', BASE, '/bin/true']);
      if (last.code === 0) return engine;
    }
    missing = denialOf(command, last);
  }
  return { missing };
}

function createEngine(command: string, options: readonly string[]) {
  const call = (args: readonly string[], input = '', timeoutMs = 60_000): Promise<CommandResult> =>
    runCommand({ command, args: [...options, ...args], input, timeoutMs });
  return {
    call,
    run: (args: readonly string[], input?: string) => call(['run', ...LIMITS, ...args], input),
    /** Podman would keep /tmp writable, docker does not. */
    readOnly: command === 'podman' ? ['--read-only', '--read-only-tmpfs=false'] : ['--read-only'],
    /** Builds the Containerfile of a folder on the base image. */
    build(folder: string, image: string) {
      const settings = ['--network', 'host', '--build-arg', `BASE=${BASE}`, '--tag', image];
      // Podman's own format has no health checks; its layers would be kept.
      const format = command === 'podman' ? ['--format', 'docker', '--layers=false'] : [];
      const file = ['--file', `${folder}/Containerfile`, folder];
      const args = [...options, 'build', ...LIMITS, ...settings, ...format, ...file];
      return execOrThrow({ command, args, timeoutMs: 600_000 });
    },
    async removeImages(image: string) {
      await call(['rmi', '--force', image, BASE]);
    },
  };
}

/** How kernels, and an engine that does not run, word that they deny what containers need. */
const DENIED =
  /not permitted|permission denied|not support|not implemented|read-only file system|no such device|cannot connect/i;

/** Returns why this machine lets root start no container, by starting one's namespaces and mounts; null: it does. */
export async function findDeniedPrivilege(): Promise<string | null> {
  const namespaces = '--mount --uts --ipc --pid --cgroup --net --fork --mount-proc'.split(' ');
  const args = [...namespaces, 'sh', '-c', 'mount -t tmpfs tmpfs /mnt && mount -t sysfs sysfs /mnt'];
  const { code, stderr } = await runCommand({ command: 'unshare', args });
  return code === 0 ? null : `root may start no container here: ${lastLine(stderr)}`;
}

/** Returns the line that tells how the machine denies a tool what it needs; throws for a failure of another kind. */
export function denialOf(command: string, { stderr }: CommandResult): string {
  if (!DENIED.test(stderr)) throw new Error(`${command} failed: ${stderr.trim().slice(-600)}`);
  return `${command}: ${lastLine(stderr)}`;
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';
