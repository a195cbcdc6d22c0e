import { mkdir, mkdtemp, open, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AmiUser, USERS } from '../pbx/users.ts';
import { freePort } from '../processes/free-port.ts';
import { type OwnedChild, startOwnedChild } from '../processes/owned-child.ts';
import type { CommandResult } from '../processes/run-command.ts';
import { until } from '../processes/until.ts';
import { putAccounts, runCli } from './accounts.ts';
import { request } from './request.ts';

export const MAIN = fileURLToPath(new URL('../../apps/gateway/dist/main.js', import.meta.url));

/** The gateway as a site runs it: the built one, in a process of its own. */
export interface RunningGateway {
  readonly url: string;
  readonly child: () => OwnedChild;
  /** Everything it has written so far. */
  output(): Promise<string>;
  /** `npm run lampboard -- …` beside it, with the same settings. */
  cli(args: readonly string[], input?: string): Promise<CommandResult>;
  /** Its data folder. */
  readonly data: string;
  /** What lies in its data folder, file by file. */
  stored(): Promise<readonly Buffer[]>;
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
  data?: string;
}

/** Starts a gateway for an Asterisk, or for the embedded demo PBX where none is given; resolves when it serves. */
export async function startGateway({
  amiPort,
  user = USERS.lampboard,
  env = {},
  port: wantedPort,
  descriptors,
  accounts = true,
  data: givenData,
}: GatewayOptions): Promise<RunningGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'lampboard-gateway-'));
  const data = givenData ?? join(folder, 'data');
  await mkdir(data, { recursive: true });
  const log = join(folder, 'output');
  const port = wantedPort ?? (await freePort());
  const ami = {
    LAMPBOARD_AMI_HOST: '127.0.0.1',
    LAMPBOARD_AMI_PORT: String(amiPort),
    LAMPBOARD_AMI_USERNAME: user.username,
    LAMPBOARD_AMI_SECRET: user.secret,
  };
  let settings: NodeJS.ProcessEnv = {
    ...process.env,
    LAMPBOARD_PORT: String(port),
    LAMPBOARD_DATA: data,
    ...(amiPort === undefined ? {} : ami),
    ...env,
  };
  const url = `${settings['LAMPBOARD_TLS_CERT'] === undefined ? 'http' : 'https'}://127.0.0.1:${port}/`;

  async function spawn(): Promise<OwnedChild> {
    const file = await open(log, 'a');
    try {
      return await startOwnedChild({
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

  async function serving(): Promise<void> {
    const outcome = await until({
      what: 'the gateway to serve',
      probe: async () =>
        child.running() ? (await request(`${url}healthz`)).status === 200 && 'serving' : 'ended',
    });
    if (outcome === 'ended') throw new Error(`The gateway ended:\n${await readFile(log, 'utf8')}`);
  }

  let child: OwnedChild;
  try {
    if (accounts) await putAccounts(data, { demo: amiPort === undefined });
    child = await spawn();
    await serving().catch(async (error: unknown) => {
      await child.kill();
      throw error;
    });
  } catch (error) {
    await rm(folder, { recursive: true });
    throw error;
  }

  return {
    url,
    data,
    child: () => child,
    output: () => readFile(log, 'utf8'),
    cli: (args, input = '') => runCli({ args, env: settings, cwd: folder, input }),
    stored: async () => Promise.all((await readdir(data)).map((file) => readFile(join(data, file)))),
    kill: () => child.kill(),
    async start(changed = {}) {
      settings = { ...settings, ...changed };
      child = await spawn();
      await serving();
    },
    async stop() {
      child.signal('SIGTERM');
      // One that a test had stopped hears of it only now.
      child.signal('SIGCONT');
      await child.gone;
      await rm(folder, { recursive: true });
    },
  };
}
