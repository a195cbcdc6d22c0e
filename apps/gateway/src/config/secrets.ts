import { statSync, readFileSync } from 'node:fs';
import type { Logger } from '../platform/log.ts';
import { type Environment, type ConfigResult, configError } from './environment.ts';
import { decodeUtf8 } from '../platform/text-file.ts';

type SecretName =
  | 'LAMPBOARD_AMI_SECRET'
  | 'LAMPBOARD_METRICS_TOKEN'
  | 'LAMPBOARD_OIDC_CLIENT_SECRET'
  | 'LAMPBOARD_REDIS_URL';

/** A secret, from the file that `<name>_FILE` names where there is one; null where neither is set. */
export function readSecret(values: Environment, name: SecretName): ConfigResult<string | null> {
  const file = values[`${name}_FILE`];
  if (file === undefined) return { ok: true, value: values[name] ?? null };
  const bytes = readBytes(`${name}_FILE`, file);
  if (!bytes.ok) return bytes;
  const secret = decodeUtf8(bytes.value)?.trim();
  if (secret === undefined) return configError(`${name}_FILE names ${file}, which is not UTF-8.`);
  if (secret === '') return configError(`${name}_FILE names ${file}, which is empty.`);
  return { ok: true, value: secret };
}

/** A file that a setting names. */
export function readText(name: string, path: string): ConfigResult<string> {
  const bytes = readBytes(name, path);
  return bytes.ok ? { ok: true, value: bytes.value.toString('utf8') } : bytes;
}

function readBytes(name: string, path: string): ConfigResult<Buffer> {
  try {
    return { ok: true, value: readFileSync(path) };
  } catch {
    return configError(`${name} names ${path}, which can't be read.`);
  }
}

/** Mode bits by which users other than owner and group may read or write a file. */
const ACCESSIBLE_BY_OTHERS = 0o006;
const KEY_FILE = 'LAMPBOARD_TLS_KEY';
const SECRET_FILES = /^LAMPBOARD_\w+_FILE$/;
/** Settings whose value is a secret, or may hold one. */
const SECRET_SETTINGS = ['AMI_SECRET', 'OIDC_CLIENT_SECRET', 'METRICS_TOKEN', 'REDIS_URL'].map(
  (name) => `LAMPBOARD_${name}`,
);

/** Warns of files with secrets that every user of this machine may read or write: those that settings name, and `.env`. */
export function warnAboutExposedSecrets({
  env,
  dotEnv,
  log,
}: {
  /** The environment, with the settings of `.env`. */
  env: NodeJS.ProcessEnv;
  dotEnv: string;
  log: Pick<Logger, 'warn'>;
}): void {
  const namedFiles = Object.entries(env).filter(([name]) => name === KEY_FILE || SECRET_FILES.test(name));
  const files = SECRET_SETTINGS.some((name) => env[name] !== undefined)
    ? [...namedFiles, ['.env', dotEnv] as const]
    : namedFiles;
  for (const [setting, file = ''] of files) {
    const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
    if ((mode & ACCESSIBLE_BY_OTHERS) !== 0)
      log.warn(
        { setting, file },
        'every user of this machine may read or change this file with a secret: chmod 600',
      );
  }
}
