import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AmiUser, type PbxUnderTest, type UserName, USERS } from '../pbx/pbx-under-test.ts';
import { freePort } from '../processes/free-port.ts';
import { type ManagedChild, startChild } from '../processes/child-process.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { MAIN, seedAccounts, runCli } from './test-accounts.ts';
import { httpRequest } from './http-client.ts';

/** The built gateway in a separate process. */
export type RunningGateway = Awaited<ReturnType<typeof startGateway>>;

export interface GatewayOptions {
  /** Undefined: the embedded demo PBX. */
  amiPort?: number;
  user?: AmiUser;
  /** Shows calls, read as this user. */
  callsUser?: UserName | undefined;
  env?: NodeJS.ProcessEnv;
  /** A free port by default. */
  port?: number;
  /** Limit of open files and connections (`ulimit -n`). */
  descriptors?: number;
  /** True if the test accounts exist. */
  accounts?: boolean;
  /** An existing data folder that is not removed; a new one by default. */
  dataFolder?: string;
  /** Content of the directory file. */
  directory?: string;
  /** PBXs of the configuration file, instead of `amiPort`; the first one is the one that a store had before. */
  pbxs?: Readonly<Record<string, Pick<PbxUnderTest, 'amiPort'> & { callsUser?: UserName }>>;
}

/** Returns a configuration file with these PBXs, by id. */
function pbxFileText(
  pbxs: NonNullable<GatewayOptions['pbxs']>,
  { user = USERS.lampboard, callsUser }: Pick<GatewayOptions, 'user' | 'callsUser'>,
): string {
  const items = Object.entries(pbxs).map(([id, { amiPort, callsUser: ofPbx = callsUser }]) => {
    const reader = ofPbx && USERS[ofPbx];
    const calls = reader ? `, calls_username: ${reader.username}, calls_secret: ${reader.secret}` : '';
    const name = id.replace(/^./u, (letter) => letter.toUpperCase());
    return `  - { id: ${id}, name: ${name}, ami: { host: 127.0.0.1, port: ${amiPort}, username: ${user.username}, secret: ${user.secret}${calls} } }`;
  });
  return `original_pbx: ${Object.keys(pbxs)[0]}\npbxs:\n${items.join('\n')}\n`;
}

/** Settings of a gateway that shows calls, read as this user. */
export function callsEnv(user: UserName): NodeJS.ProcessEnv {
  const { username, secret } = USERS[user];
  return {
    LAMPBOARD_CALLS: 'show',
    LAMPBOARD_CALLS_AMI_USERNAME: username,
    LAMPBOARD_CALLS_AMI_SECRET: secret,
  };
}

/** Resolves when the gateway serves; without `amiPort` it uses the embedded demo PBX. */
export async function startGateway({
  amiPort,
  user = USERS.lampboard,
  callsUser,
  env = {},
  port: fixedPort,
  descriptors,
  accounts = true,
  dataFolder: existingData,
  directory,
  pbxs,
}: GatewayOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'lampboard-gateway-'));
  const dataFolder = existingData ?? join(folder, 'data');
  await mkdir(dataFolder, { recursive: true });
  const directoryFile = join(folder, 'people.csv');
  if (directory !== undefined) await writeFile(directoryFile, directory);
  if (pbxs !== undefined)
    await writeFile(join(folder, 'lampboard.yaml'), pbxFileText(pbxs, { user, callsUser }));
  const log = join(folder, 'output');
  const port = fixedPort ?? (await freePort());
  const ami = {
    LAMPBOARD_AMI_HOST: '127.0.0.1',
    LAMPBOARD_AMI_PORT: String(amiPort),
    LAMPBOARD_AMI_USERNAME: user.username,
    LAMPBOARD_AMI_SECRET: user.secret,
  };
  let settings: NodeJS.ProcessEnv = {
    ...process.env,
    LAMPBOARD_PORT: String(port),
    LAMPBOARD_DATA_DIR: dataFolder,
    ...(amiPort === undefined ? {} : ami),
    ...(directory === undefined ? {} : { LAMPBOARD_DIRECTORY_FILE: directoryFile }),
    ...(callsUser && (pbxs === undefined ? callsEnv(callsUser) : { LAMPBOARD_CALLS: 'show' })),
    ...env,
  };
  const url = `${settings['LAMPBOARD_TLS_CERT'] === undefined ? 'http' : 'https'}://127.0.0.1:${port}/`;

  const node = [process.execPath, MAIN];
  const [command = '', ...args] =
    descriptors === undefined
      ? node
      : ['/bin/sh', '-c', 'ulimit -n "$0" && exec "$@"', String(descriptors), ...node];
  const spawn = () => startChild({ command, args, cwd: folder, env: settings, output: log });

  async function waitUntilServing(): Promise<void> {
    const outcome = await waitUntil('the gateway to serve', async () =>
      child.isRunning() ? (await httpRequest(`${url}healthz`)).status === 200 && 'serving' : 'ended',
    );
    hasServed = outcome === 'serving';
    if (!hasServed) throw new Error(`The gateway ended:\n${await readFile(log, 'utf8')}`);
  }

  let child: ManagedChild;
  let hasServed = false;
  try {
    if (accounts) await seedAccounts(dataFolder, { demo: amiPort === undefined && pbxs === undefined });
    child = await spawn();
    await waitUntilServing().catch(async (error: unknown) => {
      await child.kill();
      throw error;
    });
  } catch (error) {
    await rm(folder, { recursive: true });
    throw error;
  }

  return {
    url,
    dataFolder,
    child: () => child,
    output: () => readFile(log, 'utf8'),
    /** Runs `lampboard …` with the same settings. */
    cli: (args: readonly string[], input = '') => runCli({ args, env: settings, cwd: folder, input }),
    readDataFiles: async () =>
      Promise.all((await readdir(dataFolder)).map((file) => readFile(join(dataFolder, file)))),
    /** SIGKILL. */
    kill: () => child.kill(),
    /** Starts it again on the same port with its data and `changed` settings. */
    async start(changed: NodeJS.ProcessEnv = {}) {
      settings = { ...settings, ...changed };
      child = await spawn();
      await waitUntilServing();
    },
    /** Throws if it had served, and failed. */
    async stop() {
      const hasFailed = hasServed && child.hasFailed();
      child.signal('SIGTERM');
      // A stopped process handles SIGTERM only now.
      child.signal('SIGCONT');
      await child.exited;
      const problem = hasFailed && `The gateway failed:\n${(await readFile(log, 'utf8')).slice(-2000)}`;
      await rm(folder, { recursive: true });
      if (problem) throw new Error(problem);
    },
  };
}
