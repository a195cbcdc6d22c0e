import { extensionId, ONLY_PBX } from '@lampboard/protocol';
import { waitUntil } from '../processes/wait-until.ts';
import { type RawAmi, connectRawAmi } from './raw-ami-client.ts';

/** Bytes are in any encoding. */
interface StoredPresence<T extends string | Buffer> {
  state: string;
  subtype: T;
  message: T;
}

interface ExtensionState {
  hint: string;
  status: number;
}

/** AMI of a PBX as a user with all permissions, for a real one and the demo alike. */
export type AmiControls = ReturnType<typeof createAmiControls>;

/** Controls the PBX at a port, with a separate session for each operation. */
export function createAmiControls(options: { port: number; user: { username: string; secret: string } }) {
  const { username, secret } = options.user;

  async function withSession<T>(work: (ami: RawAmi) => Promise<T>): Promise<T> {
    const ami = await connectRawAmi({ port: options.port, username, secret });
    try {
      return await work(ami);
    } finally {
      ami.close();
    }
  }

  async function listExtensionStates(): Promise<Map<string, ExtensionState>> {
    return byExtension(await withSession(async (ami) => ami.list({ Action: 'ExtensionStateList' })));
  }

  const readPresenceBytes = (provider: string) => withSession((ami) => presenceBytes(ami, provider));

  return {
    withSession,
    /**
     * Sets a device such as `Custom:lamp600` to `NOT_INUSE`, `INUSE`, `RINGING` …; resolves when accepted,
     * shortly before its hints follow.
     */
    setLamp: async (device: string, state: string) =>
      withSession(async (ami) => setvar(ami, `DEVICE_STATE(${device})`, state)),
    /** Sets a presence such as `CustomPresence:1101`; resolves when accepted. */
    async setPresence(provider: string, { state, subtype, message }: StoredPresence<string | Buffer>) {
      const value = `${state},${toBase64(subtype)},${toBase64(message)},e`;
      await withSession(async (ami) => setvar(ami, `PRESENCE_STATE(${provider})`, value));
    },
    /** Reads the stored presence of a provider without truncation. */
    readPresence: async (provider: string) => asText(await readPresenceBytes(provider)),
    readPresenceBytes,
    /** Reads the stored presences of many providers in one session, without truncation. */
    readPresences: (providers: Iterable<string>) =>
      withSession(async (ami) => {
        const reads = Array.from(
          new Set(providers),
          async (provider) => [provider, asText(await presenceBytes(ami, provider))] as const,
        );
        return new Map(await Promise.all(reads));
      }),
    /** States of all hints by `exten@context`. */
    listExtensionStates,
    /** Resolves when the hint `exten@context` has this status; throws after `ms` milliseconds (15 s). */
    async waitForLamp(extension: string, status: number, ms = 15_000) {
      await waitUntil(
        `${extension} at ${status}`,
        async () => (await listExtensionStates()).get(extension)?.status === status,
        { ms },
      );
    },
    /** States by provider. */
    async listPresenceStates() {
      const items = await withSession(async (ami) => ami.list({ Action: 'PresenceStateList' }));
      return new Map(items.map(({ fields }) => [fields['presentity'] ?? '', fields['status'] ?? '']));
    },
  };
}

/** Items of an `ExtensionStateList` by `exten@context`. */
export function byExtension(
  items: readonly { readonly fields: Readonly<Record<string, string>> }[],
): Map<string, ExtensionState> {
  return new Map(
    items.map(({ fields }) => [
      extensionId(fields['exten'] ?? '', fields['context'] ?? '', ONLY_PBX),
      { hint: fields['hint'] ?? '', status: Number(fields['status']) },
    ]),
  );
}

/** Encodes text for `PRESENCE_STATE(…,e)`. */
export function toBase64(text: string | Buffer): string {
  return Buffer.from(text).toString('base64');
}

export function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString();
}

async function setvar(ami: RawAmi, variable: string, value: string): Promise<void> {
  const answer = await ami.action({ Action: 'Setvar', Variable: variable, Value: value });
  if (answer.name !== 'Success') throw new Error(`${variable}=${value}: ${answer.fields['message'] ?? '?'}`);
}

async function presenceBytes(ami: RawAmi, provider: string): Promise<StoredPresence<Buffer>> {
  const read = (field: string) => getvar(ami, `PRESENCE_STATE(${provider},${field})`);
  const readBytes = async (field: string) => Buffer.from(await read(`${field},e`), 'base64');
  const [state, subtype, message] = await Promise.all([
    read('value'),
    readBytes('subtype'),
    readBytes('message'),
  ]);
  return { state, subtype, message };
}

function asText({ state, subtype, message }: StoredPresence<Buffer>): StoredPresence<string> {
  return { state, subtype: subtype.toString(), message: message.toString() };
}

async function getvar(ami: RawAmi, variable: string): Promise<string> {
  const answer = await ami.action({ Action: 'Getvar', Variable: variable });
  if (answer.name !== 'Success') throw new Error(`${variable}: ${answer.fields['message'] ?? '?'}`);
  return answer.fields['value'] ?? '';
}
