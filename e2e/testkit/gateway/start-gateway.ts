import { mkdir, mkdtemp, open, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AmiUser, USERS } from '../pbx/pbx-under-test.ts';
import { freePort } from '../processes/free-port.ts';
import { type ManagedChild, startChild } from '../processes/child-process.ts';
import type { CommandResult } from '../processes/run-command.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { seedAccounts, runCli } from './test-accounts.ts';
import { httpRequest } from './http-client.ts';

export const MAIN = fileURLToPath(new URL('../../../apps/gateway/dist/main.js', import.meta.url));

/** The gateway as a site runs it: the built one, in a process of its own. */
export interface RunningGateway {
  readonly url: string;
  readonly child: () => ManagedChild;
  /** Everything it has written so far. */
  output(): Promise<string>;
  /** `npm run lampboard -- …` beside it, with the same settings. */
  cli(args: readonly string[], input?: string): Promise<CommandResult>;
  /** Its data folder. */
  readonly dataFolder: string;
  /** What lies in its data folder, file by file. */
  readDataFiles(): Promise<readonly Buffer[]>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with what it kept; `changed` settings count from then on. */
  start(changed?: NodeJS.ProcessEnv): Promise<void>;
  /** Stops it and leaves nothing behind. */
  stop(): Promise<void>;
}

export interface GatewayOptions {
  /** None: the embedded demo PBX. */
  amiPort?: number;
  user?: AmiUser;
  env?: NodeJS.ProcessEnv;
  /** Where others have to know it beforehand; else any that is free. */
  port?: number;
  /** How many files and connections it may have open (`ulimit -n`); else as many as this process. */
  descriptors?: number;
  /** Whether the tests' accounts are there; without them a gateway has none. */
  accounts?: boolean;
  /** A data folder that is there already and stays; else one of its own. */
  dataFolder?: string;
}

/** Starts a gateway for an Asterisk, or for the embedded demo PBX where none is given; resolves when it serves. */
export async function startGateway({
  amiPort,
  user = USERS.lampboard,
  env = {},
  port: fixedPort,
  descriptors,
  accounts = true,
  dataFolder: existingData,
}: GatewayOptions): Promise<RunningGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'lampboard-gateway-'));
  const dataFolder = existingData ?? join(folder, 'data');
  await mkdir(dataFolder, { recursive: true });
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
    ...env,
  };
  const url = `${settings['LAMPBOARD_TLS_CERT'] === undefined ? 'http' : 'https'}://127.0.0.1:${port}/`;

  async function spawn(): Promise<ManagedChild> {
    const file = await open(log, 'a');
    try {
      return await startChild({
        ...(descriptors === undefined
          ? { command: process.execPath, args: [MAIN] }
          : {
              command: '/bin/sh',
              args: ['-c', 'ulimit -n "$0" && exec "$@"', String(descriptors), process.execPath, MAIN],
            }),
        cwd: folder,
        env: settings,
        output: file.fd,
      });
    } finally {
      await file.close();
    }
  }

  async function waitUntilServing(): Promise<void> {
    const outcome = await waitUntil({
      description: 'the gateway to serve',
      probe: async () =>
        child.isRunning() ? (await httpRequest(`${url}healthz`)).status === 200 && 'serving' : 'ended',
    });
    if (outcome === 'ended') throw new Error(`The gateway ended:\n${await readFile(log, 'utf8')}`);
  }

  let child: ManagedChild;
  try {
    if (accounts) await seedAccounts(dataFolder, { demo: amiPort === undefined });
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
    cli: (args, input = '') => runCli({ args, env: settings, cwd: folder, input }),
    readDataFiles: async () =>
      Promise.all((await readdir(dataFolder)).map((file) => readFile(join(dataFolder, file)))),
    kill: () => child.kill(),
    async start(changed = {}) {
      settings = { ...settings, ...changed };
      child = await spawn();
      await waitUntilServing();
    },
    async stop() {
      child.signal('SIGTERM');
      // One that a test had stopped hears of it only now.
      child.signal('SIGCONT');
      await child.exited;
      await rm(folder, { recursive: true });
    },
  };
}
