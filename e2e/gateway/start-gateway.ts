import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AmiUser, USERS } from '../pbx/users.ts';
import { freePort } from '../processes/free-port.ts';
import { type OwnedChild, startOwnedChild } from '../processes/owned-child.ts';
import { until } from '../processes/until.ts';

const MAIN = fileURLToPath(new URL('../../apps/gateway/dist/main.js', import.meta.url));

/** The gateway as a site runs it: the built one, in a process of its own. */
export interface RunningGateway {
  readonly url: string;
  readonly child: () => OwnedChild;
  /** Everything it has written so far. */
  output(): Promise<string>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a gateway for an Asterisk, or for the embedded demo PBX where none is given; resolves when it serves. */
export async function startGateway({
  amiPort,
  user = USERS.lampboard,
  env = {},
}: {
  amiPort?: number;
  user?: AmiUser;
  env?: NodeJS.ProcessEnv;
}): Promise<RunningGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'lampboard-gateway-'));
  const log = join(folder, 'output');
  const port = await freePort();
  const ami = {
    LAMPBOARD_AMI_HOST: '127.0.0.1',
    LAMPBOARD_AMI_PORT: String(amiPort),
    LAMPBOARD_AMI_USERNAME: user.username,
    LAMPBOARD_AMI_SECRET: user.secret,
  };
  const url = `http://127.0.0.1:${port}/`;

  async function spawn(): Promise<OwnedChild> {
    const file = await open(log, 'a');
    try {
      return await startOwnedChild({
        command: process.execPath,
        args: ['--enable-source-maps', MAIN],
        cwd: folder,
        env: { ...process.env, LAMPBOARD_PORT: String(port), ...(amiPort === undefined ? {} : ami), ...env },
        output: file.fd,
      });
    } finally {
      await file.close();
    }
  }

  async function serving(): Promise<void> {
    const outcome = await until({
      what: 'the gateway to serve',
      probe: async () => (child.running() ? (await fetch(`${url}healthz`)).ok && 'serving' : 'ended'),
    });
    if (outcome === 'ended') throw new Error(`The gateway ended:\n${await readFile(log, 'utf8')}`);
  }

  let child = await spawn();
  await serving().catch(async (error: unknown) => {
    await child.kill();
    await rm(folder, { recursive: true });
    throw error;
  });

  return {
    url,
    child: () => child,
    output: () => readFile(log, 'utf8'),
    kill: () => child.kill(),
    async start() {
      child = await spawn();
      await serving();
    },
    async stop() {
      child.signal('SIGTERM');
      await child.gone;
      await rm(folder, { recursive: true });
    },
  };
}
