import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestAuthority } from '@lampboard/ami/testing/certificates';
import type { Hint } from '../pbx/pbx-under-test.ts';
import { startChild } from '../processes/child-process.ts';
import { execOrThrow } from '../processes/run-command.ts';
import { type CallsSetup, TLS_FILES, asteriskConfig, pjsipConf, extensionsConf } from './asterisk-config.ts';

const PREFIX = 'lampboard-asterisk-';
/** Name in each AMI certificate. */
const AMI_NAME = 'pbx.example';
const DAY_MS = 86_400_000;

/** Creates configuration, database and run folders under ROOT/tmp without starting Asterisk. */
export async function createAsteriskInstance(options: {
  root: string;
  amiPort: number;
  amiTlsPort: number;
  httpPort: number;
  sipPort: number;
  /** Extensions with a registered phone that is not there. */
  staticPhones: readonly string[];
  calls: CallsSetup | undefined;
}) {
  const { root, staticPhones, calls, ...ports } = options;
  const home = `/tmp/${PREFIX}${randomBytes(6).toString('hex')}`;
  const folder = join(root, home);
  await removeStale(join(root, 'tmp'));
  for (const name of ['etc', 'lib', 'db', 'spool', 'run', 'log']) {
    await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
  }
  const writeEtc = async (name: string, text: string, encoding: BufferEncoding = 'utf8'): Promise<void> =>
    writeFile(join(folder, 'etc', name), text, encoding);
  const config = asteriskConfig({ home, staticPhones, calls, ...ports, ...(await findModules(root)) });
  for (const [name, text] of Object.entries(config)) await writeEtc(name, text);
  const { ca, issueCertificate: certify } = createTestAuthority();
  const { cert, key } = certify({ names: [`DNS:${AMI_NAME}`, 'IP:127.0.0.1'] });
  await writeEtc(TLS_FILES.ca, ca);
  await writeEtc(TLS_FILES.cert, cert);
  await writeEtc(TLS_FILES.key, key);

  const asterisk = (...args: readonly string[]) =>
    root === '/'
      ? { command: '/usr/sbin/asterisk', args }
      : { command: 'chroot', args: [root, '/usr/sbin/asterisk', ...args] };
  const output = join(folder, 'log/output');
  const conf = ['-C', `${home}/etc/asterisk.conf`];

  return {
    /** Output of `asterisk -V`. */
    version: (await execOrThrow(asterisk('-V'))).trim(),
    /** The authority of its AMI certificate, as PEM text and as a file. */
    amiTls: { ca, caFile: join(folder, 'etc', TLS_FILES.ca) },
    writeDialplan: async (hints: readonly Hint[]) =>
      writeEtc('extensions.conf', extensionsConf(hints, calls)),
    writeCallerIds: async (callerIds: Readonly<Record<string, string>>, encoding?: BufferEncoding) =>
      writeEtc('pjsip.conf', pjsipConf({ sipPort: ports.sipPort, callerIds, calls }), encoding),
    spawn: () => startChild({ ...asterisk('-f', ...conf), output }),
    /** Runs a console command and returns its output. */
    cli: async (command: string) => execOrThrow(asterisk(...conf, '-rx', command)),
    output: () => readFile(output, 'utf8').catch(() => ''),
    remove: async () => rm(folder, { recursive: true, force: true }),
  };
}

/** Debian 12 and later keep modules below the folder of the architecture. */
async function findModules(root: string): Promise<{ moduleFolder: string; modules: string[] }> {
  const libraries = (await readdir(join(root, 'usr/lib'))).filter((name) => name.includes('-linux-'));
  for (const libraryFolder of [...libraries.map((name) => `/usr/lib/${name}`), '/usr/lib', '/usr/lib64']) {
    const moduleFolder = `${libraryFolder}/asterisk/modules`;
    const modules = await readdir(join(root, moduleFolder)).catch((): string[] => []);
    if (modules.includes('chan_pjsip.so')) return { moduleFolder, modules };
  }
  throw new Error(`no Asterisk modules with chan_pjsip below ${root}`);
}

/** Removes folders of killed test runs that are older than a day. */
async function removeStale(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(PREFIX));
  for (const path of names.map((name) => join(folder, name))) {
    const modified = (await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now();
    if (Date.now() - modified > DAY_MS) await rm(path, { recursive: true, force: true });
  }
}
