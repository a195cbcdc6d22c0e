import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execOrThrow } from '../processes/run-command.ts';
import { machineAptSources, plainDebianArchive } from './apt-sources.ts';
import { downloadPackages, unpackPackages } from './unpack-packages.ts';

export type AsteriskRelease = '22' | '16';

/** A root folder with `/usr/sbin/asterisk` in it, or why there is none. */
type ProvidedAsterisk = { root: string } | { missing: string };

const SUITES: Record<AsteriskRelease, string> = { '22': 'forky', '16': 'bullseye' };

/**
 * Returns an Asterisk of the release: the root named by `LAMPBOARD_TEST_ASTERISK_22` or `_16` (`/` for the
 * machine's own), or Debian's packages, unpacked once under the cache folder.
 */
export async function provideAsterisk(release: AsteriskRelease): Promise<ProvidedAsterisk> {
  const variable = `LAMPBOARD_TEST_ASTERISK_${release}`;
  const named = process.env[variable];
  if (named) {
    return (await exists(join(named, 'usr/sbin/asterisk')))
      ? { root: named }
      : { missing: `${variable}=${named} holds no usr/sbin/asterisk` };
  }
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'lampboard');
  const root = join(cache, `asterisk-${release}`);
  if (process.getuid?.() !== 0) return { missing: `unpacking and starting Asterisk ${release} needs root` };
  if (await exists(root)) return { root };
  try {
    await mkdir(cache, { recursive: true });
    await withFileLock(`${root}.lock`, async () => {
      if (!(await exists(root))) await unpackRelease(release, root);
    });
    return { root };
  } catch (error) {
    return { missing: `no Asterisk ${release}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Unpacks into a temporary folder and renames it last, so that an existing root is complete. */
async function unpackRelease(release: AsteriskRelease, root: string): Promise<void> {
  const archive = plainDebianArchive(await machineAptSources());
  if (!archive) throw new Error('apt on this machine names no Debian archive');
  const work = `${root}.${randomBytes(4).toString('hex')}.partial`;
  try {
    const debs = await downloadPackages(archive, SUITES[release], join(work, 'apt'));
    await unpackPackages(debs, join(work, 'root'));
    const version = await execOrThrow({
      command: 'chroot',
      args: [join(work, 'root'), '/usr/sbin/asterisk', '-V'],
    });
    if (!version.startsWith(`Asterisk ${release}.`)) throw new Error(`the archive has ${version.trim()}`);
    await rename(join(work, 'root'), root);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
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
