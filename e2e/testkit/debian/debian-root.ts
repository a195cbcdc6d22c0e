import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { cp, mkdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execOrThrow } from '../processes/run-command.ts';
import { machineAptSources, plainDebianArchive } from './apt-sources.ts';
import { downloadPackages, unpackPackages } from './unpack-packages.ts';

/** A root folder, or why there is none. */
export type ProvidedRoot = { readonly root: string } | { readonly missing: string };

interface RootOptions {
  /** Name under the cache folder. */
  readonly name: string;
  readonly suite: string;
  readonly packages: readonly string[];
  /** Completes the root, or throws if it is not of use. */
  readonly prepare: (root: string) => Promise<void>;
}

/** Returns a root folder with these packages of Debian and those they need, unpacked once under the cache folder. */
export async function provideDebianRoot(options: RootOptions): Promise<ProvidedRoot> {
  const { name } = options;
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'lampboard');
  const root = join(cache, name);
  if (process.getuid?.() !== 0) return { missing: `unpacking ${name} needs root` };
  if (await exists(root)) return { root };
  try {
    await mkdir(cache, { recursive: true });
    await withFileLock(`${root}.lock`, async () => {
      if (!(await exists(root))) await unpackRoot(root, options);
    });
    return { root };
  } catch (error) {
    return { missing: `no ${name}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

const NODE_PACKAGES =
  'base-files bash coreutils dash findutils grep gzip nodejs procps sed systemd systemd-sysv tar util-linux';

/** Certificates of this machine, which may include those of a proxy before npm's registry. */
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

/** Node of the root trusts this file. */
export const NODE_CERTIFICATES = `NODE_EXTRA_CA_CERTS=${CERTIFICATES}`;

/** Returns a Debian 13 with Node, this machine's npm, and systemd. */
export async function provideNodeRoot(): Promise<ProvidedRoot> {
  return provideDebianRoot({
    name: 'debian-13',
    suite: 'trixie',
    packages: NODE_PACKAGES.split(' '),
    async prepare(root) {
      const modules = (await execOrThrow({ command: 'npm', args: ['root', '--global'] })).trim();
      const folder = join(root, 'usr/lib/node_modules/npm');
      await cp(join(modules, 'npm'), folder, { recursive: true });
      for (const name of ['npm', 'npx'])
        await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(root, 'usr/bin', name));
      await mkdir(join(root, 'etc/ssl/certs'), { recursive: true });
      if (await exists(CERTIFICATES)) await cp(CERTIFICATES, join(root, CERTIFICATES));
      await execOrThrow({ command: 'chroot', args: [root, '/usr/bin/npm', '--version'] });
    },
  });
}

/** Unpacks into a temporary folder and renames it last, so that an existing root is complete. */
async function unpackRoot(root: string, { suite, packages, prepare }: RootOptions): Promise<void> {
  const archive = plainDebianArchive(await machineAptSources());
  if (!archive) throw new Error('apt on this machine names no Debian archive');
  const work = `${root}.${randomBytes(4).toString('hex')}.partial`;
  try {
    const debs = await downloadPackages({ archive, suite, packages, folder: join(work, 'apt') });
    await unpackPackages(debs, join(work, 'root'));
    await prepare(join(work, 'root'));
    await rename(join(work, 'root'), root);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Runs `work` while holding an flock(1) on `file`, which the kernel releases when the holder dies. */
async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const holder = spawn('flock', ['--exclusive', file, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(holder, 'close');
  const [what] = await Promise.race([once(holder.stdout, 'data'), ended]);
  if (!Buffer.isBuffer(what)) throw new Error(`flock could not lock ${file}`);
  try {
    return await work();
  } finally {
    holder.stdin.end();
    await ended;
  }
}
