import { lstatSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { type ConfigResult, configError } from './environment.ts';
import { decodeUtf8, readErrorText } from '../platform/text-file.ts';
import { resolve } from 'node:path';
import { type Config, readConfig } from './config.ts';

const ASSIGNMENT = /^(?:export\s+)?([^\s=#"'`]+)\s*=\s*(.*)$/;
const QUOTED = /^(["'`])(?:(?!\1).)*\1\s*(?:#.*)?$/;

/**
 * Reads `NAME=value` lines as Node's `--env-file` does, one line each; no file is no settings. What Node would lose
 * without a word is refused: text that is not UTF-8, a line of another form, an open quote, a `#` inside a value, a name
 * that comes twice. Messages name the file and the line, never the value.
 */
export function readDotEnv(path: string): ConfigResult<Record<string, string>> {
  const bytes = readIfExists(path);
  if (!bytes.ok || bytes.value === null) return bytes.ok ? { ok: true, value: {} } : bytes;
  const text = decodeUtf8(bytes.value);
  if (text === null)
    return configError(`${path} is not UTF-8, so its settings can't be read; save it as UTF-8.`);
  const values: Record<string, string> = {};
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const location = `${path}, line ${index + 1}`;
    const [, name, value = ''] = ASSIGNMENT.exec(line) ?? [];
    if (name === undefined) return configError(`${location} is not of the form NAME=value.`);
    if (name in values) return configError(`${location} sets ${name} a second time; keep one of the lines.`);
    const isUnambiguous = /^["'`]/.test(value) ? QUOTED.test(value) : !/\S#/.test(value);
    if (!isUnambiguous) {
      return configError(
        `${location}: put the whole value of ${name} into quotes, of a kind that it does not hold.`,
      );
    }
    values[name] = parseEnv(line)[name] ?? '';
  }
  return { ok: true, value: values };
}

function readIfExists(path: string): ConfigResult<Uint8Array | null> {
  try {
    return { ok: true, value: readFileSync(path) };
  } catch (error) {
    // A broken link is not a missing file: its settings would be lost.
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return { ok: true, value: null };
    return configError(`${path}, the file with the LAMPBOARD_ settings, ${readErrorText(error)}.`);
  }
}

/** The file with settings in the folder from which Lampboard is started. */
export const DOT_ENV = resolve('.env');

/** Reads the configuration from the file `.env` and from the environment, which takes precedence. */
export function loadConfig(): ConfigResult<Config> {
  const file = readDotEnv(DOT_ENV);
  if (!file.ok) return file;
  const environment = Object.entries(process.env).filter(([name, value]) => !isServiceLink(name, value));
  for (const [name, value] of Object.entries(file.value)) process.env[name] ??= value;
  return readConfig({ ...file.value, ...Object.fromEntries(environment) });
}

const SERVICE_LINK = /^LAMPBOARD_(\w+_)?(SERVICE_HOST|SERVICE_PORT\w*|PORT_\d+_(TCP|UDP|SCTP)\w*)$/;
const SERVICE_ADDRESS = /^(tcp|udp|sctp):\/\//;

/**
 * Recognizes the variables that Kubernetes injects for a service called `lampboard` or `lampboard-…`. They are not settings,
 * although `LAMPBOARD_PORT=tcp://…` has the name of one.
 * https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
 */
function isServiceLink(name: string, value = ''): boolean {
  return SERVICE_LINK.test(name) || (/^LAMPBOARD_(\w+_)?PORT$/.test(name) && SERVICE_ADDRESS.test(value));
}
