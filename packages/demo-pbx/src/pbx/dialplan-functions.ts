import { encodeBase64 } from './bytes.ts';
import { timestampOf } from './clock.ts';
import { type Pbx, customPresenceName } from './pbx.ts';
import { parseDeviceState } from './device-state.ts';

export const VERSION = { text: '22.10.1', number: '221001' } as const;
/** Limit of a Getvar reply. */
const MAX_VALUE_BYTES = 1023;
const MAX_BASE64_BYTES = 1020;

/** A function and its argument. */
export const FUNCTION_CALL = /^([A-Z_0-9]+)\((.*)\)$/s;

/** Functions that read outside the PBX, which need the highest rights. */
const FORBIDDEN = new Set(['SHELL', 'FILE', 'CURL', 'EVAL']);

type VariableRead = { ok: true; value: string } | { ok: false; message: string };

type FunctionReader = (pbx: Pbx, argument: string) => string;

function readPresence(pbx: Pbx, argument: string): string {
  const [provider = '', field = '', options = ''] = argument.split(',');
  if (customPresenceName(provider) === undefined) return '';
  const stored = pbx.storedPresence(provider);
  const encode = (text: string): string =>
    options.includes('e') ? encodeBase64(text).slice(0, MAX_BASE64_BYTES) : text.slice(0, MAX_VALUE_BYTES);
  switch (field.toLowerCase()) {
    case 'value':
      return stored.state;
    case 'subtype':
      return encode(stored.subtype);
    case 'message':
      return encode(stored.message);
    default:
      return '';
  }
}

function findHint(pbx: Pbx, extension: string) {
  const separator = extension.indexOf('@');
  return separator < 0
    ? pbx.states.hints().find(extension, 'default')
    : pbx.states.hints().find(extension.slice(0, separator), extension.slice(separator + 1));
}

/** The formats that clients use, at this machine's time zone or at UTC. */
function formatTime(timestamp: number, zone: string, format: string): string {
  const now = new Date(timestamp);
  const offsetMinutes = zone === 'UTC' ? 0 : -now.getTimezoneOffset();
  const local = new Date(now.getTime() + offsetMinutes * 60_000).toISOString();
  const hours = String(Math.trunc(Math.abs(offsetMinutes) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(offsetMinutes) % 60).padStart(2, '0');
  const values: Readonly<Record<string, string>> = {
    '%s': String(Math.floor(timestamp / 1000)),
    '%Y': local.slice(0, 4),
    '%m': local.slice(5, 7),
    '%d': local.slice(8, 10),
    '%H': local.slice(11, 13),
    '%M': local.slice(14, 16),
    '%S': local.slice(17, 19),
    '%3q': local.slice(20, 23),
    '%z': `${offsetMinutes < 0 ? '-' : '+'}${hours}${minutes}`,
  };
  return format.replace(/%3q|%\w/g, (code) => values[code] ?? code);
}

const READERS: Readonly<Record<string, FunctionReader>> = {
  PRESENCE_STATE: readPresence,
  DEVICE_STATE: (pbx, device) => pbx.states.deviceState(device),
  HINT(pbx, argument) {
    const [extension = '', options = ''] = argument.split(',');
    const hint = findHint(pbx, extension);
    return (options.includes('n') ? hint?.name : hint?.hint) ?? '';
  },
  PJSIP_ENDPOINT(pbx, argument) {
    const [endpoint = '', field = ''] = argument.split(',');
    const hint = pbx.states.hints().watching(`PJSIP/${endpoint}`)[0];
    if (!hint || field !== 'callerid') return '';
    return hint.name === '' ? '<unknown>' : `"${hint.name}" <${hint.exten}>`;
  },
  VERSION: (_pbx, field) => (field === 'ASTERISK_VERSION_NUM' ? VERSION.number : VERSION.text),
  GLOBAL: (pbx, name) => pbx.globals.get(name) ?? '',
  DB: () => '',
  STRFTIME({ clock }, argument) {
    const [, zone = '', format = ''] = argument.split(',');
    return formatTime(timestampOf(clock), zone, format);
  },
};

/** Reads a variable or a dialplan function; unknown ones are ''. */
export function readVariable(pbx: Pbx, variable: string): VariableRead {
  if (variable === '') return { ok: false, message: 'No variable specified' };
  const [, name = '', argument = ''] = FUNCTION_CALL.exec(variable) ?? [];
  if (FORBIDDEN.has(name)) return { ok: false, message: 'GetVar Access Forbidden: Variable' };
  if (variable.endsWith(')')) {
    // Functions do not exist before their modules are loaded.
    const reader = pbx.stage() === 'up' ? READERS[name] : undefined;
    return { ok: true, value: reader?.(pbx, argument) ?? '' };
  }
  return { ok: true, value: pbx.globals.get(variable) ?? '' };
}

type VariableWrite = { ok: true; apply: () => void } | { ok: false; message: string };

/** Returns the change to apply after the response has been sent. */
export function writeVariable(pbx: Pbx, variable: string, value: string): VariableWrite {
  if (variable === '') return { ok: false, message: 'No variable specified' };
  const apply = variable.endsWith(')')
    ? functionChange(pbx, variable, value)
    : globalChange(pbx, variable, value);
  return apply ? { ok: true, apply } : { ok: false, message: 'Variable not set' };
}

function functionChange(pbx: Pbx, variable: string, value: string): (() => void) | undefined {
  const [, name = '', argument = ''] = FUNCTION_CALL.exec(variable) ?? [];
  if (pbx.stage() !== 'up') return undefined;
  if (name === 'PRESENCE_STATE') return pbx.preparePresenceChange(argument, value, 'ami');
  if (name === 'GLOBAL') return globalChange(pbx, argument, value);
  const state = parseDeviceState(value);
  if (name !== 'DEVICE_STATE' || !/^custom:./i.test(argument) || !state || state === 'UNKNOWN')
    return undefined;
  return () => pbx.setDeviceState(argument, state);
}

function globalChange(pbx: Pbx, name: string, value: string): () => void {
  return () => {
    pbx.globals.set(name, value);
    pbx.emit({ kind: 'variable-set', name, value });
  };
}
