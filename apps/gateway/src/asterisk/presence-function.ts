import { type AmiClient, type AmiFailure, type AmiResult, decodeText } from '@lampboard/ami';
import {
  type Presence,
  type SettablePresence,
  isPresenceState,
  isWritableProvider,
} from '@lampboard/protocol';
import { getvar } from './getvar.ts';

/** Presence in Asterisk, read and written through `PRESENCE_STATE()`, byte for byte. */
export type PresenceFunction = ReturnType<typeof createPresenceFunction>;

const rejected = (message: string): AmiFailure => ({ ok: false, code: 'rejected', message });
const NOT_READABLE = rejected('This presence provider is read-only.');

/** Texts in other encodings than UTF-8 whose bytes are cached; the oldest is evicted first. */
const MAX_REMEMBERED_TEXTS = 1000;

/** Reads and writes texts in base64 (option `e`), for commas and newlines; non-UTF-8 is kept byte for byte. */
export function createPresenceFunction({ ami }: { ami: Pick<AmiClient, 'send'> }) {
  const remembered = new Map<string, Buffer>();
  const keyOf = (provider: string, text: string) => `${provider}\n${text}`;

  function decode(provider: string, base64: string): string {
    const bytes = Buffer.from(base64, 'base64');
    const text = decodeText(bytes);
    const key = keyOf(provider, text);
    remembered.delete(key);
    if (!Buffer.from(text).equals(bytes)) remembered.set(key, bytes);
    if (remembered.size > MAX_REMEMBERED_TEXTS) {
      const [oldest = ''] = remembered.keys();
      remembered.delete(oldest);
    }
    return text;
  }

  const encode = (provider: string, text: string) =>
    (remembered.get(keyOf(provider, text)) ?? Buffer.from(text)).toString('base64');

  const field = (provider: string, name: 'value' | 'subtype' | 'message') =>
    getvar(ami, `PRESENCE_STATE(${provider},${name},e)`);

  async function read(provider: string): Promise<AmiResult<Presence>> {
    if (!isWritableProvider(provider)) return NOT_READABLE;
    // Asterisk responds in order, and with empty values once it shuts down: a state read last proves the texts before it.
    const [subtype, message, state] = await Promise.all([
      field(provider, 'subtype'),
      field(provider, 'message'),
      field(provider, 'value'),
    ]);
    if (!state.ok) return state;
    if (!subtype.ok) return subtype;
    if (!message.ok) return message;
    const value = state.value.toLowerCase();
    if (!isPresenceState(value)) return rejected('Asterisk returned an unknown presence state.');
    return {
      ok: true,
      value: {
        state: value,
        subtype: decode(provider, subtype.value),
        message: decode(provider, message.value),
      },
    };
  }

  return {
    /** Reads full texts; events carry only 255 bytes. */
    read,
    /** True if the provider held this text in bytes other than UTF-8, which {@link write} would write back. */
    hasBytesOf: (provider: string, text: string) => remembered.has(keyOf(provider, text)),
    /** Reads full texts; resolves to `truncated`, from an event or list, if the provider is read-only. */
    async readFull(provider: string, truncated: Presence): Promise<AmiResult<Presence>> {
      const full = await read(provider);
      return full.ok || full.code !== 'rejected' ? full : { ok: true, value: truncated };
    },
    async write(provider: string, { state, subtype, message }: SettablePresence): Promise<AmiResult<null>> {
      if (!isWritableProvider(provider)) return NOT_READABLE;
      const response = await ami.send({
        Action: 'Setvar',
        Variable: `PRESENCE_STATE(${provider})`,
        Value: `${state},${encode(provider, subtype)},${encode(provider, message)},e`,
      });
      return response.ok ? { ok: true, value: null } : response;
    },
  };
}
