import { chmod, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execOrThrow } from '../processes/run-command.ts';

const DEVICES = { null: '3', zero: '5', random: '8', urandom: '9' } as const;

interface DownloadOptions {
  /** Address of the Debian archive. */
  readonly archive: string;
  readonly suite: string;
  readonly packages: readonly string[];
  readonly folder: string;
}

/** Downloads packages and their dependencies, with a private apt state; returns their paths. */
export async function downloadPackages(options: DownloadOptions): Promise<string[]> {
  const { archive, suite, packages, folder } = options;
  const archives = join(folder, 'cache/archives');
  await mkdir(join(folder, 'lists/partial'), { recursive: true });
  await mkdir(join(archives, 'partial'), { recursive: true });
  // Trusted: the machine's keyring may lack the keys of another release.
  await writeFile(join(folder, 'sources.list'), `deb [trusted=yes] ${archive} ${suite} main\n`);
  await writeFile(join(folder, 'status'), '');
  const settings = {
    'Dir::Etc::SourceList': join(folder, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': join(folder, 'lists'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': join(folder, 'cache'),
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::Check-Valid-Until': 'false',
    'Acquire::Retries': '3',
  };
  const apt = ['-q', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
  const timeoutMs = 280_000;
  await execOrThrow({ command: 'apt-get', args: [...apt, 'update'], timeoutMs });
  const install = ['-y', '--no-install-recommends', '--download-only', 'install', ...packages];
  await execOrThrow({ command: 'apt-get', args: [...apt, ...install], timeoutMs });
  const names = await readdir(archives);
  return names.filter((name) => name.endsWith('.deb')).map((name) => join(archives, name));
}

/** Unpacks packages into a folder for chroot without running their scripts. */
export async function unpackPackages(debs: readonly string[], root: string): Promise<void> {
  for (const folder of ['bin', 'sbin', 'lib', 'lib64']) {
    await mkdir(join(root, 'usr', folder), { recursive: true });
    await symlink(`usr/${folder}`, join(root, folder));
  }
  for (const deb of debs) {
    const script = 'dpkg-deb --fsys-tarfile "$1" | tar --extract --directory "$2" --keep-directory-symlink';
    await execOrThrow({ command: 'bash', args: ['-o', 'pipefail', '-c', script, 'unpack', deb, root] });
  }
  await mkdir(join(root, 'dev'), { recursive: true });
  for (const [name, minor] of Object.entries(DEVICES)) {
    await execOrThrow({ command: 'mknod', args: ['-m', '666', join(root, 'dev', name), 'c', '1', minor] });
  }
  await mkdir(join(root, 'tmp'), { recursive: true });
  await chmod(join(root, 'tmp'), 0o1777);
}
