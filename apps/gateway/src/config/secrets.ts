import { statSync, readFileSync } from 'node:fs';
import type { Logger } from '../platform/log.ts';
import { type Environment, configError } from './environment.ts';
import { decodeUtf8 } from '../platform/text-file.ts';

type SecretName = 'LAMPBOARD_METRICS_TOKEN' | 'LAMPBOARD_OIDC_CLIENT_SECRET' | 'LAMPBOARD_REDIS_URL';

/** Reads a secret from its setting, or from the file that `<name>_FILE` names; null where neither is set. */
export function readSecret(values: Environment, name: SecretName): string | null {
  const file = values[`${name}_FILE`];
  return file === undefined ? (values[name] ?? null) : readSecretFile(`${name}_FILE`, file);
}

/** Reads a secret from the file that the setting `name` names. */
export function readSecretFile(name: string, path: string): string {
  const secret = decodeUtf8(readBytes(name, path))?.trim();
  if (secret === undefined) return configError(`${name} names ${path}, which is not UTF-8.`);
  return secret === '' ? configError(`${name} names ${path}, which is empty.`) : secret;
}

/** Reads the file that the setting `name` names. */
export const readText = (name: string, path: string): string => readBytes(name, path).toString('utf8');

function readBytes(name: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return configError(`${name} names ${path}, which can't be read.`);
  }
}

/** Mode bits that let users other than owner and group read or write a file. */
const ACCESSIBLE_BY_OTHERS = 0o006;
/** Settings whose value is, or may contain, a secret. */
const SECRET_SETTINGS = [
  'AMI_SECRET',
  'CALLS_AMI_SECRET',
  'OIDC_CLIENT_SECRET',
  'METRICS_TOKEN',
  'REDIS_URL',
].map((name) => `LAMPBOARD_${name}`);
const SECRET_FILES = ['LAMPBOARD_TLS_KEY', ...SECRET_SETTINGS.map((name) => `${name}_FILE`)];

interface SecretSources {
  /** The environment, with the settings of `.env`. */
  env: NodeJS.ProcessEnv;
  dotEnv: string;
  /** Of the configuration file, with the settings that name them. */
  secretFiles?: readonly (readonly [setting: string, file: string])[];
}

/** Returns files with secrets that every user may read or write: those that settings name, and those with settings. */
export function exposedSecretFiles({
  env,
  dotEnv,
  secretFiles = [],
}: SecretSources): { setting: string; file: string }[] {
  const namedFiles = Object.entries(env).filter(([name]) => SECRET_FILES.includes(name));
  const hasSecrets = SECRET_SETTINGS.some((name) => env[name] !== undefined);
  const dotEnvFiles = hasSecrets ? [['.env', dotEnv] as const] : [];
  return [...namedFiles, ...dotEnvFiles, ...secretFiles]
    .map(([setting, file = '']) => ({ setting, file }))
    .filter(({ file }) => {
      const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
      return (mode & ACCESSIBLE_BY_OTHERS) !== 0;
    });
}

export function warnAboutExposedSecrets({
  log,
  ...sources
}: SecretSources & { log: Pick<Logger, 'warn'> }): void {
  for (const exposed of exposedSecretFiles(sources))
    log.warn(exposed, 'every user of this machine can read or write this file with a secret: chmod 600');
}
