import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestAuthority } from '@lampboard/ami/testing/certificates';
import type { Hint } from '../pbx/pbx-under-test.ts';
import { type ManagedChild, startChild } from '../processes/child-process.ts';
import { execOrThrow } from '../processes/run-command.ts';
import { TLS_FILES, asteriskConfig, pjsipConf, extensionsConf } from './asterisk-config.ts';

/** The private folders of one Asterisk inside a root that many share, and its program. */
interface AsteriskInstance {
  /** As `asterisk -V` says it. */
  version: string;
  /** The authority behind its AMI's certificate, as PEM text and as a file. */
  amiTls: { ca: string; caFile: string };
  writeDialplan: (hints: readonly Hint[]) => Promise<void>;
  writeCallerIds: (callerIds: Readonly<Record<string, string>>, encoding?: BufferEncoding) => Promise<void>;
  spawn: () => Promise<ManagedChild>;
  /** What a console command prints. */
  cli: (command: string) => Promise<string>;
  /** What it wrote to its terminal. */
  output: () => Promise<string>;
  remove: () => Promise<void>;
}

const PREFIX = 'lampboard-asterisk-';
/** The name that the certificate of each AMI bears, beside its address. */
const AMI_NAME = 'pbx.example';
const DAY_MS = 86_400_000;

/** Lays out configuration, database and run folders under ROOT/tmp; nothing runs yet. */
export async function createAsteriskInstance(options: {
  root: string;
  amiPort: number;
  amiTlsPort: number;
  httpPort: number;
  sipPort: number;
}): Promise<AsteriskInstance> {
  const { root, ...ports } = options;
  const home = `/tmp/${PREFIX}${randomBytes(6).toString('hex')}`;
  const folder = join(root, home);
  await removeStale(join(root, 'tmp'));
  for (const name of ['etc', 'lib', 'db', 'spool', 'run', 'log']) {
    await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
  }
  const writeEtc = async (name: string, text: string, encoding: BufferEncoding = 'utf8'): Promise<void> =>
    writeFile(join(folder, 'etc', name), text, encoding);
  const config = asteriskConfig({ home, ...ports, ...(await findModules(root)) });
  for (const [name, text] of Object.entries(config)) await writeEtc(name, text);
  const { ca, issueCertificate: certify } = createTestAuthority();
  const { cert, key } = certify({ names: [`DNS:${AMI_NAME}`, 'IP:127.0.0.1'] });
  for (const [name, text] of [
    [TLS_FILES.ca, ca],
    [TLS_FILES.cert, cert],
    [TLS_FILES.key, key],
  ] as const) {
    await writeEtc(name, text);
  }

  const asterisk = (...args: readonly string[]) =>
    root === '/'
      ? { command: '/usr/sbin/asterisk', args }
      : { command: 'chroot', args: [root, '/usr/sbin/asterisk', ...args] };
  const conf = ['-C', `${home}/etc/asterisk.conf`];

  return {
    version: (await execOrThrow(asterisk('-V'))).trim(),
    amiTls: { ca, caFile: join(folder, 'etc', TLS_FILES.ca) },
    writeDialplan: async (hints) => writeEtc('extensions.conf', extensionsConf(hints)),
    writeCallerIds: async (callerIds, encoding) =>
      writeEtc('pjsip.conf', pjsipConf(ports.sipPort, callerIds), encoding),
    async spawn() {
      const file = await open(join(folder, 'log/output'), 'a');
      try {
        return await startChild({ ...asterisk('-f', ...conf), output: file.fd });
      } finally {
        await file.close();
      }
    },
    cli: async (command) => execOrThrow(asterisk(...conf, '-rx', command)),
    output: async () => readFile(join(folder, 'log/output'), 'utf8').catch(() => ''),
    remove: async () => rm(folder, { recursive: true, force: true }),
  };
}

/** Debian has kept the modules below the architecture's folder since 12; before, and elsewhere, there is none. */
async function findModules(root: string): Promise<{ moduleFolder: string; modules: string[] }> {
  const libraries = (await readdir(join(root, 'usr/lib'))).filter((name) => name.includes('-linux-'));
  for (const libraryFolder of [...libraries.map((name) => `/usr/lib/${name}`), '/usr/lib', '/usr/lib64']) {
    const moduleFolder = `${libraryFolder}/asterisk/modules`;
    const modules = await readdir(join(root, moduleFolder)).catch((): string[] => []);
    if (modules.includes('chan_pjsip.so')) return { moduleFolder, modules };
  }
  throw new Error(`no Asterisk modules with chan_pjsip below ${root}`);
}

/** Removes what test runs that were killed have left behind, a day later. */
async function removeStale(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(PREFIX));
  for (const path of names.map((name) => join(folder, name))) {
    const modified = (await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now();
    if (Date.now() - modified > DAY_MS) await rm(path, { recursive: true, force: true });
  }
}
