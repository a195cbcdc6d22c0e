import { lstatSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { decodeUtf8, readErrorText } from '../platform/text-file.ts';
import { type Config, readConfig } from './config.ts';
import { type ConfigResult, configError, toConfigResult } from './environment.ts';

const ASSIGNMENT = /^(?:export\s+)?([^\s=#"'`]+)\s*=\s*(.*)$/;
const QUOTED = /^(["'`])(?:(?!\1).)*\1\s*(?:#.*)?$/;

/** The file with settings in the working directory. */
export const DOT_ENV = resolve('.env');

/** The file with several PBXs in the working directory. */
const PBX_FILE = resolve('lampboard.yaml');

/** Reads the configuration from the files `.env` and `lampboard.yaml`, and from the environment, which takes precedence. */
export function loadConfig(): ConfigResult<Config> {
  const file = readDotEnv(DOT_ENV);
  if (!file.ok) return file;
  const environment = Object.entries(process.env).filter(([name, value]) => !isServiceLink(name, value));
  for (const [name, value] of Object.entries(file.value)) process.env[name] ??= value;
  return readConfig({ ...file.value, ...Object.fromEntries(environment) }, PBX_FILE);
}

/**
 * Reads `NAME=value` lines as Node's `--env-file` does; a missing file has no settings. Lines that Node would silently
 * misread are errors: other forms, an open quote, a `#` inside a value, a repeated name. Messages never hold the value.
 */
export function readDotEnv(path: string): ConfigResult<Record<string, string>> {
  return toConfigResult(() => {
    const text =
      decodeUtf8(readIfExists(path)) ??
      configError(`${path} is not UTF-8, so its settings can't be read; save it as UTF-8.`);
    const values: Record<string, string> = {};
    for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
      const line = raw.trim();
      if (line === '' || line.startsWith('#')) continue;
      const location = `${path}, line ${index + 1}`;
      const [, name, value = ''] = ASSIGNMENT.exec(line) ?? [];
      if (name === undefined) return configError(`${location} is not of the form NAME=value.`);
      if (name in values) configError(`${location} sets ${name} a second time; keep one of the lines.`);
      const isUnambiguous = /^["'`]/.test(value) ? QUOTED.test(value) : !/\S#/.test(value);
      if (!isUnambiguous)
        configError(
          `${location}: put the whole value of ${name} into quotes, of a kind that it does not contain.`,
        );
      values[name] = parseEnv(line)[name] ?? '';
    }
    return values;
  });
}

function readIfExists(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    // A broken link is not a missing file: its settings would be lost.
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return new Uint8Array();
    return configError(`${path}, the file with the LAMPBOARD_ settings, ${readErrorText(error)}.`);
  }
}

const SERVICE_LINK = /^LAMPBOARD_(\w+_)?(SERVICE_HOST|SERVICE_PORT\w*|PORT_\d+_(TCP|UDP|SCTP)\w*)$/;
const SERVICE_ADDRESS = /^(tcp|udp|sctp):\/\//;

/**
 * Recognizes the variables that Kubernetes injects for a service called `lampboard` or `lampboard-…`, such as
 * `LAMPBOARD_PORT=tcp://…` (https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables).
 */
function isServiceLink(name: string, value = ''): boolean {
  return SERVICE_LINK.test(name) || (/^LAMPBOARD_(\w+_)?PORT$/.test(name) && SERVICE_ADDRESS.test(value));
}
