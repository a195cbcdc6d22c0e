import { readFileSync } from 'node:fs';
import { type Environment, type Read, fault } from './environment.ts';

type SecretName = 'LAMPBOARD_AMI_SECRET' | 'LAMPBOARD_OIDC_CLIENT_SECRET' | 'LAMPBOARD_METRICS_TOKEN';

/** A secret, from the file that `<name>_FILE` names where there is one; null where neither is set. */
export function readSecret(values: Environment, name: SecretName): Read<string | null> {
  const file = values[`${name}_FILE`];
  if (file === undefined) return { ok: true, value: values[name] ?? null };
  const read = readText(`${name}_FILE`, file);
  if (!read.ok) return read;
  const secret = read.value.trim();
  return secret === '' ? fault(`${name}_FILE names ${file}, which is empty.`) : { ok: true, value: secret };
}

/** A file that a setting names. */
export function readText(name: string, path: string): Read<string> {
  try {
    return { ok: true, value: readFileSync(path, 'utf8') };
  } catch {
    return fault(`${name} names ${path}, which can't be read.`);
  }
}
