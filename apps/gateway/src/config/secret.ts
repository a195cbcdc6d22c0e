import { readFileSync } from 'node:fs';
import { type Environment, type Read, fault } from './environment.ts';
import { decodeUtf8 } from './text-file.ts';

type SecretName =
  | 'LAMPBOARD_AMI_SECRET'
  | 'LAMPBOARD_METRICS_TOKEN'
  | 'LAMPBOARD_OIDC_CLIENT_SECRET'
  | 'LAMPBOARD_REDIS_URL';

/** A secret, from the file that `<name>_FILE` names where there is one; null where neither is set. */
export function readSecret(values: Environment, name: SecretName): Read<string | null> {
  const file = values[`${name}_FILE`];
  if (file === undefined) return { ok: true, value: values[name] ?? null };
  const bytes = readBytes(`${name}_FILE`, file);
  if (!bytes.ok) return bytes;
  const secret = decodeUtf8(bytes.value)?.trim();
  if (secret === undefined) return fault(`${name}_FILE names ${file}, which is not UTF-8.`);
  if (secret === '') return fault(`${name}_FILE names ${file}, which is empty.`);
  return { ok: true, value: secret };
}

/** A file that a setting names. */
export function readText(name: string, path: string): Read<string> {
  const bytes = readBytes(name, path);
  return bytes.ok ? { ok: true, value: bytes.value.toString('utf8') } : bytes;
}

function readBytes(name: string, path: string): Read<Buffer> {
  try {
    return { ok: true, value: readFileSync(path) };
  } catch {
    return fault(`${name} names ${path}, which can't be read.`);
  }
}
