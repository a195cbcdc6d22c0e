import { type CommandResult, execOrThrow, runCommand } from '../processes/run-command.ts';
import { NODE_CERTIFICATES, provideNodeRoot } from './debian-root.ts';

/** Engines, with the runtimes that they may need on older kernels. */
const ENGINES: readonly (readonly string[])[] = [['podman'], ['podman', '--runtime', 'runc'], ['docker']];

/** At most those of this machine, which engines would otherwise try to raise. */
const LIMITS = ['--ulimit', 'nofile=1024:4096', '--ulimit', 'nproc=1024:4096'];

const BASE = 'localhost/lampboard-test-base';

/** Runs containers, from a base image made of Debian's packages. */
export type ContainerEngine = ReturnType<typeof createEngine>;

/** Returns an engine that runs containers on this machine, or why there is none. */
export async function findContainerEngine(): Promise<ContainerEngine | { readonly missing: string }> {
  const provided = await provideNodeRoot();
  if ('missing' in provided) return provided;
  let reason = 'neither podman nor docker is installed';
  for (const command of ENGINES) {
    const engine = createEngine(command);
    const load = [...command, 'import', '--change', `ENV ${NODE_CERTIFICATES}`, '-', BASE];
    const imported = await runCommand({
      command: 'bash',
      args: ['-o', 'pipefail', '-c', 'tar --directory "$0" --create . | "$@"', provided.root, ...load],
    });
    const started = imported.code === 0 ? await engine.run(['--rm', BASE, '/bin/true']) : imported;
    if (started.code === 0) return engine;
    reason = started.stderr.trim().split('\n').at(-1) ?? reason;
  }
  return { missing: reason };
}

function createEngine([command = '', ...options]: readonly string[]) {
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
