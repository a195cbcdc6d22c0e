import { statSync, readFileSync } from 'node:fs';
import type { Logger } from '../platform/log.ts';
import { type Environment, configError } from './environment.ts';
import { decodeUtf8 } from '../platform/text-file.ts';

type SecretName =
  | 'LAMPBOARD_AMI_SECRET'
  | 'LAMPBOARD_METRICS_TOKEN'
  | 'LAMPBOARD_OIDC_CLIENT_SECRET'
  | 'LAMPBOARD_REDIS_URL';

/** Reads a secret from its setting, or from the file that `<name>_FILE` names; null where neither is set. */
export function readSecret(values: Environment, name: SecretName): string | null {
  const file = values[`${name}_FILE`];
  if (file === undefined) return values[name] ?? null;
  const secret = decodeUtf8(readBytes(`${name}_FILE`, file))?.trim();
  if (secret === undefined) return configError(`${name}_FILE names ${file}, which is not UTF-8.`);
  return secret === '' ? configError(`${name}_FILE names ${file}, which is empty.`) : secret;
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
const SECRET_SETTINGS = ['AMI_SECRET', 'OIDC_CLIENT_SECRET', 'METRICS_TOKEN', 'REDIS_URL'].map(
  (name) => `LAMPBOARD_${name}`,
);
const SECRET_FILES = ['LAMPBOARD_TLS_KEY', ...SECRET_SETTINGS.map((name) => `${name}_FILE`)];

interface SecretSources {
  /** The environment, with the settings of `.env`. */
  env: NodeJS.ProcessEnv;
  dotEnv: string;
}

/** Returns files with secrets that every user may read or write: those that settings name, and `.env`. */
export function exposedSecretFiles({ env, dotEnv }: SecretSources): { setting: string; file: string }[] {
  const namedFiles = Object.entries(env).filter(([name]) => SECRET_FILES.includes(name));
  const files = SECRET_SETTINGS.some((name) => env[name] !== undefined)
    ? [...namedFiles, ['.env', dotEnv] as const]
    : namedFiles;
  return files
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
