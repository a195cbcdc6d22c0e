import { connectRawAmi, type RawAmi } from '../asterisk/raw-ami.ts';
import { until } from '../processes/until.ts';
import type { ExtensionState, PbxControls } from './pbx-under-test.ts';
import { USERS } from './users.ts';

/** Drives the PBX behind a port as the user `control`, with a session of its own for each piece of work. */
export function createAmiControls(options: { amiPort: number }): PbxControls {
  async function control<T>(work: (ami: RawAmi) => Promise<T>): Promise<T> {
    const { username, secret } = USERS.control;
    const ami = await connectRawAmi({ port: options.amiPort, username, secret });
    try {
      return await work(ami);
    } finally {
      ami.close();
    }
  }

  async function extensionStates(): Promise<Map<string, ExtensionState>> {
    const items = await control(async (ami) => ami.list({ Action: 'ExtensionStateList' }));
    return new Map(
      items.map(({ fields }) => [
        `${fields['exten'] ?? ''}@${fields['context'] ?? ''}`,
        { hint: fields['hint'] ?? '', status: Number(fields['status']) },
      ]),
    );
  }

  return {
    control,
    setLamp: async (device, state) => control(async (ami) => setvar(ami, `DEVICE_STATE(${device})`, state)),
    async setPresence(provider, { state, subtype, message }) {
      const value = `${state},${toBase64(subtype)},${toBase64(message)},e`;
      await control(async (ami) => setvar(ami, `PRESENCE_STATE(${provider})`, value));
    },
    async presence(provider) {
      return control(async (ami) => ({
        state: await getvar(ami, `PRESENCE_STATE(${provider},value)`),
        subtype: fromBase64(await getvar(ami, `PRESENCE_STATE(${provider},subtype,e)`)),
        message: fromBase64(await getvar(ami, `PRESENCE_STATE(${provider},message,e)`)),
      }));
    },
    extensionStates,
    async untilLamp(extension, status) {
      await until({
        what: `${extension} at ${status}`,
        probe: async () => (await extensionStates()).get(extension)?.status === status,
      });
    },
    async presenceStates() {
      const items = await control(async (ami) => ami.list({ Action: 'PresenceStateList' }));
      return new Map(items.map(({ fields }) => [fields['presentity'] ?? '', fields['status'] ?? '']));
    },
  };
}

/** Presence text as `PRESENCE_STATE(…,e)` takes and gives it. */
export function toBase64(text: string): string {
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
