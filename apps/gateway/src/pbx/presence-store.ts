import type { AmiClient, AmiFailure, AmiResult } from '@lampboard/ami';
import {
  type Presence,
  type SettablePresence,
  isPresenceState,
  isWritableProvider,
} from '@lampboard/protocol';
import { getvar } from './getvar.ts';

/** Presence where it is kept: in Asterisk, read and written through `PRESENCE_STATE()`, byte for byte. */
export interface PresenceStore {
  /** Reads all of it, past the 255 bytes that events carry. */
  read(provider: string): Promise<AmiResult<Presence>>;
  /** The same; `cut`, what an event or a list told, where the provider can only be watched. */
  readOr(provider: string, cut: Presence): Promise<AmiResult<Presence>>;
  write(provider: string, presence: SettablePresence): Promise<AmiResult<null>>;
}

const NOT_READABLE: AmiFailure = {
  ok: false,
  code: 'refused',
  message: 'This presence provider can only be watched.',
};

/** Subtype and message travel in base64 (option `e`): the only way in which commas and newlines arrive. */
export function createPresenceStore({ ami }: { ami: Pick<AmiClient, 'send'> }): PresenceStore {
  const field = (provider: string, name: 'value' | 'subtype' | 'message') =>
    getvar(ami, `PRESENCE_STATE(${provider},${name},e)`);

  async function read(provider: string): Promise<AmiResult<Presence>> {
    if (!isWritableProvider(provider)) return NOT_READABLE;
    // The state last: Asterisk answers in order, and a shutdown between the answers leaves all later ones empty.
    const [subtype, message, state] = await Promise.all([
      field(provider, 'subtype'),
      field(provider, 'message'),
      field(provider, 'value'),
    ]);
    if (!state.ok) return state;
    if (!subtype.ok) return subtype;
    if (!message.ok) return message;
    const value = state.value.toLowerCase();
    if (!isPresenceState(value)) {
      return { ok: false, code: 'refused', message: 'Asterisk answered an unknown presence state.' };
    }
    return {
      ok: true,
      value: { state: value, subtype: decode(subtype.value), message: decode(message.value) },
    };
  }

  return {
    read,
    async readOr(provider, cut) {
      const full = await read(provider);
      return full.ok || full.code !== 'refused' ? full : { ok: true, value: cut };
    },
    async write(provider, { state, subtype, message }) {
      if (!isWritableProvider(provider)) return NOT_READABLE;
      const answer = await ami.send({
        Action: 'Setvar',
        Variable: `PRESENCE_STATE(${provider})`,
        Value: `${state},${encode(subtype)},${encode(message)},e`,
      });
      return answer.ok ? { ok: true, value: null } : answer;
    },
  };
}

const encode = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const decode = (base64: string) => Buffer.from(base64, 'base64').toString('utf8');
