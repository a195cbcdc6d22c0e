import { createAmiControls } from '../ami/ami-controls.ts';
import { type Hint, standardHints, USERS } from '../pbx/pbx-under-test.ts';
import { freePort } from '../processes/free-port.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { ANSWERING_CODE } from './asterisk-config.ts';
import { createAsteriskInstance } from './asterisk-instance.ts';
import { type AsteriskRelease, provideAsterisk } from './debian-asterisk.ts';

/** A running Asterisk with its own configuration, ports and database. */
export type RealAsterisk = Awaited<ReturnType<typeof startAsterisk>>;

const BOOT_MS = 60_000;

export interface AsteriskOptions {
  hints?: readonly Hint[];
  /** Extensions with a registered phone that is not there, beside the accounts of {@link startPhone}. */
  staticPhones?: readonly string[];
  /** With the dialplan and outside line of `calls-config.ts`. */
  calls?: boolean;
}

/** Resolves when Asterisk has booted; throws if the release is unavailable. */
export async function startAsterisk(options: AsteriskOptions & { release: AsteriskRelease }) {
  const { release, hints = standardHints(), staticPhones = [], calls = false } = options;
  const provided = await provideAsterisk(release);
  if ('missing' in provided) throw new Error(provided.missing);
  const ports = {
    amiPort: await freePort(),
    amiTlsPort: await freePort(),
    httpPort: await freePort(),
    sipPort: await freePort(),
  };
  const { amiPort, amiTlsPort, httpPort, sipPort } = ports;
  const trunkPort = await freePort();
  const instance = await createAsteriskInstance({
    root: provided.root,
    staticPhones,
    ...ports,
    calls: calls ? { trunkPort } : undefined,
  });
  const { version, writeDialplan, cli } = instance;
  const controls = createAmiControls({ port: amiPort, user: USERS.control });
  const { withSession: control } = controls;
  await writeDialplan(hints);
  let child = await instance.spawn();

  async function waitUntilBooted(): Promise<void> {
    await waitUntil(
      `${version} to boot`,
      async () => {
        if (!child.isRunning()) throw new Error(`it ended:\n${(await instance.output()).slice(-2_000)}`);
        return control(async (ami) => ami.waitFor(({ name }) => name === 'FullyBooted', BOOT_MS));
      },
      { ms: BOOT_MS },
    );
  }

  async function stop(): Promise<void> {
    await child.kill();
    await instance.remove();
  }

  await waitUntilBooted().catch(async (error: unknown) => {
    await stop();
    throw error;
  });

  return {
    ...controls,
    release,
    /** Output of `asterisk -V`. */
    version,
    amiPort,
    /** AMI over TLS; the certificate is for `pbx.example` and 127.0.0.1. */
    amiTls: { port: amiTlsPort, ...instance.amiTls },
    /** AMI over HTTP, at `/rawman`. */
    httpPort,
    sipPort,
    /** Where the outside line of `calls` leads, on 127.0.0.1. */
    trunkPort,
    users: USERS,
    pid: () => child.pid,
    async reload(list: readonly Hint[]) {
      await writeDialplan(list);
      await cli('dialplan reload');
    },
    /** All entries of AstDB, as the console shows them. */
    showDatabase: () => cli('database show'),
    async useFunctions() {
      const calls = [
        { Application: 'Park' },
        { Application: 'ConfBridge', Data: '8000' },
        { Application: 'Queue', Data: '600' },
      ];
      await control(async (ami) => {
        const Channel = `Local/${ANSWERING_CODE}@default`;
        for (const call of calls) await ami.action({ Action: 'Originate', Channel, ...call });
      });
    },
    freeFunctions: async () => void (await cli('channel request hangup all')),
    /** Sets an entry of AstDB to any text, as the dialplan can. */
    putDatabase: async (family: string, key: string, value: string) =>
      void (await cli(`database put ${family} ${key} "${value.replaceAll('"', '\\"')}"`)),
    /** Overrides caller IDs by extension and reloads everything; an empty string removes one. */
    async reloadCallerIds(callerIds: Readonly<Record<string, string>>, encoding?: BufferEncoding) {
      await instance.writeCallerIds(callerIds, encoding);
      await cli('core reload');
    },
    /** Restarts Asterisk; calls `onGone` between shutdown and boot. */
    async restart(onGone?: () => void) {
      await control(async (ami) => {
        await cli('core restart now');
        await ami.closed;
      });
      onGone?.();
      await waitUntilBooted();
    },
    kill: async () => child.kill(),
    async start() {
      if (child.isRunning()) throw new Error(`${version} runs already`);
      child = await instance.spawn();
      await waitUntilBooted();
    },
    pause: () => child.signal('SIGSTOP'),
    resume: () => child.signal('SIGCONT'),
    stop,
  };
}
