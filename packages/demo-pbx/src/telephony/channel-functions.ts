import { FUNCTION_CALL, readVariable } from '../pbx/dialplan-functions.ts';
import type { Pbx } from '../pbx/pbx.ts';
import type { Channel } from './channel.ts';

type ChannelReader = (channel: Channel, argument: string) => string | undefined;

const microseconds = (timestamp: number | undefined): string => ((timestamp ?? 0) / 1000).toFixed(6);

const READERS: Readonly<Record<string, ChannelReader>> = {
  CHANNEL: (channel, field) =>
    ({
      onhold: channel.heldBy ? '1' : '0',
      linkedid: channel.linkedid,
      uniqueid: channel.uniqueid,
      state: channel.state,
      appname: channel.application,
      appdata: channel.data,
      name: channel.name,
    })[field],
  CDR: ({ record }, argument) =>
    ({ 'start,u': microseconds(record.startedAt), 'answer,u': microseconds(record.answeredAt) })[argument],
  CALLERID: ({ caller, withheld }, field) =>
    ({
      num: caller.number,
      name: caller.name,
      pres: withheld ? 'prohib_not_screened' : 'allowed_not_screened',
    })[field],
  CONNECTEDLINE: ({ connected }, field) => ({ num: connected.number, name: connected.name })[field],
};

const VARIABLES: Readonly<Record<string, (channel: Channel) => string>> = {
  BRIDGEPEER: (channel) =>
    channel.bridge?.kind === 'parking'
      ? ''
      : [...(channel.bridge?.channels ?? [])]
          .filter((other) => other !== channel)
          .map(({ name }) => name)
          .join(),
  CHANNEL: ({ name }) => name,
  UNIQUEID: ({ uniqueid }) => uniqueid,
  EXTEN: ({ exten }) => exten,
  CONTEXT: ({ context }) => context,
};

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Splits arguments as Asterisk does, which takes one backslash of each pair. */
const unescapeArgument = (text: string): string => text.replace(/\\(.)/gs, '$1');

const decodeEscapes = (text: string): string =>
  text.replace(/\\(.)/gs, (_, letter: string) => ESCAPED[letter] ?? letter);

/** `REPLACE(variable,characters,replacement)`: no replacement removes the characters. */
function replaceCharacters(pbx: Pbx, channel: Channel, argument: string): string {
  const [, variable = '', find = '', replacement = ''] = /^(.*?),([^,]*)(?:,(.*))?$/s.exec(argument) ?? [];
  const characters = decodeEscapes(unescapeArgument(find));
  const [substitute = ''] = replacement;
  return readOf(pbx, channel, variable).replace(/./gs, (one) =>
    characters.includes(one) ? substitute : one,
  );
}

function readOf(pbx: Pbx, channel: Channel, variable: string): string {
  const read = readChannelVariable(pbx, channel, variable);
  return read.ok ? read.value : '';
}

/** Reads a variable or a function of a channel; what a channel does not have is read without it. */
export function readChannelVariable(
  pbx: Pbx,
  channel: Channel,
  variable: string,
): ReturnType<typeof readVariable> {
  const [, name = '', argument = ''] = FUNCTION_CALL.exec(variable) ?? [];
  if (name === 'REPLACE') return { ok: true, value: replaceCharacters(pbx, channel, argument) };
  const reader = name === '' ? VARIABLES[variable] : READERS[name];
  if (!reader) return readVariable(pbx, variable);
  return { ok: true, value: reader(channel, argument) ?? '' };
}
