import { extensionId } from '@lampboard/model';
import { waitUntil } from '../processes/wait-until.ts';
import { type RawAmi, connectRawAmi } from './raw-ami-client.ts';

interface PresenceText {
  state: string;
  subtype: string;
  message: string;
}

/** Text of any encoding. */
interface PresenceBytes {
  state: string;
  subtype: Buffer;
  message: Buffer;
}

interface ExtensionState {
  hint: string;
  status: number;
}

/** What goes through a PBX's own AMI, as a user who may do all: the same for a real one and for the demo. */
export interface AmiControls {
  /** Logs in for one piece of work. */
  withSession: <T>(work: (ami: RawAmi) => Promise<T>) => Promise<T>;
  /**
   * Sets a device such as `Custom:lamp600` to `NOT_INUSE`, `INUSE`, `RINGING` …; resolves when it is accepted, a
   * moment before its hints follow.
   */
  setLamp(device: string, state: string): Promise<void>;
  /** Sets a presence such as `CustomPresence:1101`, any text or bytes; resolves when it is accepted. */
  setPresence(provider: string, readPresence: PresenceText | PresenceBytes): Promise<void>;
  /** What is stored for a provider, in full. */
  readPresence(provider: string): Promise<PresenceText>;
  /** The same in the bytes in which it is stored. */
  readPresenceBytes(provider: string): Promise<PresenceBytes>;
  /** Every hint's state by `exten@context`. */
  listExtensionStates(): Promise<Map<string, ExtensionState>>;
  /** Resolves when the hint `exten@context` has this status; throws after `ms` milliseconds (15 s). */
  waitForLamp(extension: string, status: number, ms?: number): Promise<void>;
  /** Every provider's state by its name. */
  listPresenceStates(): Promise<Map<string, string>>;
}

/** Drives the PBX behind a port as this user, with a session of its own for each piece of work. */
export function createAmiControls(options: {
  port: number;
  user: { username: string; secret: string };
}): AmiControls {
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

  async function readPresenceBytes(provider: string): Promise<PresenceBytes> {
    const read = async (ami: RawAmi, field: string) =>
      Buffer.from(await getvar(ami, `PRESENCE_STATE(${provider},${field},e)`), 'base64');
    return withSession(async (ami) => ({
      state: await getvar(ami, `PRESENCE_STATE(${provider},value)`),
      subtype: await read(ami, 'subtype'),
      message: await read(ami, 'message'),
    }));
  }

  return {
    withSession,
    setLamp: async (device, state) =>
      withSession(async (ami) => setvar(ami, `DEVICE_STATE(${device})`, state)),
    async setPresence(provider, { state, subtype, message }) {
      const value = `${state},${toBase64(subtype)},${toBase64(message)},e`;
      await withSession(async (ami) => setvar(ami, `PRESENCE_STATE(${provider})`, value));
    },
    async readPresence(provider) {
      const { state, subtype, message } = await readPresenceBytes(provider);
      return { state, subtype: subtype.toString(), message: message.toString() };
    },
    readPresenceBytes,
    listExtensionStates,
    async waitForLamp(extension, status, ms = 15_000) {
      await waitUntil({
        description: `${extension} at ${status}`,
        ms,
        probe: async () => (await listExtensionStates()).get(extension)?.status === status,
      });
    },
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
      extensionId(fields['exten'] ?? '', fields['context'] ?? ''),
      { hint: fields['hint'] ?? '', status: Number(fields['status']) },
    ]),
  );
}

/** Presence text as `PRESENCE_STATE(…,e)` takes and gives it. */
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

async function getvar(ami: RawAmi, variable: string): Promise<string> {
  const answer = await ami.action({ Action: 'Getvar', Variable: variable });
  if (answer.name !== 'Success') throw new Error(`${variable}: ${answer.fields['message'] ?? '?'}`);
  return answer.fields['value'] ?? '';
}
