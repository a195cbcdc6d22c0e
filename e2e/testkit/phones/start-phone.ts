import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { phonePassword } from '../asterisk/asterisk-config.ts';
import { freePort } from '../processes/free-port.ts';
import { startChild } from '../processes/child-process.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { connectBaresip } from './baresip-control.ts';

/** A SIP phone: a baresip without a sound card. */
export type Phone = Awaited<ReturnType<typeof startPhone>>;

const KEY_RELEASED = '\u0004';
const BARESIP = '/usr/bin/baresip';
const MODULES = ['/usr/lib/baresip/modules', '/usr/local/lib/baresip/modules'];

export function providePhones(): { baresip: string; modules: string } | { missing: string } {
  const modules = MODULES.find((folder) => existsSync(join(folder, 'ctrl_tcp.so')));
  if (!existsSync(BARESIP) || !modules) return { missing: `no ${BARESIP} (apt-get install baresip-core)` };
  return { baresip: BARESIP, modules };
}

/** Resolves when the phone is registered at the Asterisk on `sipPort`. */
export async function startPhone(options: { extension: string; sipPort: number }) {
  const { extension, sipPort } = options;
  const provided = providePhones();
  if ('missing' in provided) throw new Error(provided.missing);
  const folder = await mkdtemp(join(tmpdir(), `lampboard-phone-${extension}-`));
  const controlPort = await freePort();
  await writeFile(join(folder, 'config'), baresipConfig(provided.modules, controlPort, extension));
  await writeFile(join(folder, 'accounts'), baresipAccount(extension, sipPort));
  await writeFile(join(folder, 'contacts'), '');
  const output = join(folder, 'log');
  const child = await startChild({
    command: provided.baresip,
    args: ['-f', folder],
    cwd: folder,
    env: { ...process.env, HOME: folder },
    output,
  });

  const stopProcess = async (): Promise<void> => {
    await child.terminate();
    await rm(folder, { recursive: true, force: true });
  };

  try {
    const control = await waitUntil(`phone ${extension} to start`, async () => connectBaresip(controlPort));
    await waitUntil(`phone ${extension} to register`, async () =>
      (await control.command('reginfo')).includes('OK'),
    );
    const uri = (to: string): string => `sip:${to}@127.0.0.1:${sipPort}`;
    const does = async (name: string, parameters?: string): Promise<void> =>
      void (await control.command(name, parameters));
    const lines = async (): Promise<PhoneLine[]> => parseLines(await control.command('listcalls'));
    const waitForLine = (state: PhoneLine['state']) =>
      waitUntil(
        `a line of ${extension} to be ${state}`,
        async () => (await lines()).some((line) => line.state === state),
        {
          everyMs: 5,
        },
      );
    return {
      extension,
      dial: async (to: string) => does('dial', uri(to)),
      /** Accepts the call that rings; holds the others. */
      accept: async () => does('accept'),
      /** Waits until it rings. */
      async answer() {
        await waitForLine('INCOMING');
        await does('accept');
        await waitUntil(
          `${extension} to answer`,
          async () => (await lines()).every(({ state }) => state !== 'INCOMING'),
          {
            everyMs: 5,
          },
        );
      },
      /** Waits until it rings. */
      async reject() {
        await waitForLine('INCOMING');
        await does('hangup');
      },
      hold: async () => does('hold'),
      resume: async () => does('resume'),
      /** Holds the current call and resumes the other one. */
      async swap() {
        const other = (await lines()).find(({ isCurrent }) => !isCurrent);
        if (other === undefined) throw new Error(`${extension} has no second call`);
        await does('hold');
        await does('line', String(other.number));
        await does('resume');
      },
      /** Ends the call, or rejects the incoming one. */
      hangup: async () => does('hangup'),
      untilRings: async () => void (await waitForLine('INCOMING')),
      /** Waits until it has no call. */
      async untilFree() {
        await waitUntil(`${extension} to be free`, async () => (await lines()).length === 0, { everyMs: 5 });
      },
      async hangUpAll() {
        while ((await lines()).length > 0) await does('hangup');
      },
      /** Sends the other party to a number (REFER, RFC 3515). */
      transfer: async (to: string) => does('transfer', uri(to)),
      /** Joins the other parties of its first call and of `second`, which it names by SIP (RFC 3891). */
      async join({
        to,
        callId,
        remoteTag,
        localTag,
      }: {
        to: string;
        callId: string;
        remoteTag: string;
        localTag: string;
      }) {
        const replaces = encodeURIComponent(`${callId};to-tag=${remoteTag};from-tag=${localTag}`);
        await does('line', '1');
        await does('transfer', `<${uri(to)}?Replaces=${replaces}>`);
      },
      /** Sends digits (RFC 4733). */
      async press(digits: string) {
        for (const digit of digits) await does('sndcode', digit);
        await does('sndcode', KEY_RELEASED);
      },
      /** The next event of one of the types since the last one returned; throws after `ms` (10 s). */
      waitFor: async (types: readonly string[], ms?: number) => control.waitFor(types, ms),
      /** Unregisters and ends. */
      async stop() {
        control.close();
        await stopProcess();
      },
    };
  } catch (error) {
    const text = (await readFile(output, 'utf8').catch(() => '')).slice(-1_000);
    await stopProcess();
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${text}`, { cause: error });
  }
}

interface PhoneLine {
  readonly number: number;
  readonly state: string;
  readonly isCurrent: boolean;
}

/** Reads `listcalls`: `> [line 2]  0:00:01  ESTABLISHED  (on hold)  sip:1103@127.0.0.1`. */
function parseLines(text: string): PhoneLine[] {
  return [...text.matchAll(/^(>?) *\[line (\d+)\] +\S+ +(\w+)/gm)].map(([, mark, number, state = '']) => ({
    number: Number(number),
    state,
    isCurrent: mark === '>',
  }));
}

/** `config` of baresip: no sound card (aubridge), 127.0.0.1 only, controlled over ctrl_tcp. */
function baresipConfig(modules: string, controlPort: number, extension: string): string {
  return `poll_method epoll
sip_listen 127.0.0.1:0
net_interface 127.0.0.1
call_local_timeout 600
call_max_calls 4
audio_source aubridge,nil${extension}
audio_player aubridge,nil${extension}
audio_alert aubridge,alert${extension}
ausrc_format s16
auplay_format s16
auenc_format s16
audec_format s16
rtp_ports 32800-60900
module_path ${modules}
module g711.so
module aubridge.so
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
statmode_default off
ctrl_tcp_listen 127.0.0.1:${controlPort}
`;
}

/** The line of `accounts`. */
function baresipAccount(extension: string, sipPort: number): string {
  const settings = `auth_user=${extension};auth_pass=${phonePassword(extension)};answermode=manual;regint=600;audio_codecs=PCMU/8000/1`;
  return `<sip:${extension}@127.0.0.1:${sipPort}>;${settings}\n`;
}
