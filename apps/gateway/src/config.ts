import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isLoopback } from './loopback.ts';

export interface AmiConfig {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly secret: string;
}

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Null: no Asterisk is configured, the embedded demo PBX stands in. */
  readonly ami: AmiConfig | null;
  /** Null: hints of all contexts are shown. */
  readonly contexts: readonly string[] | null;
  /** Path of the directory file; null where there is none. */
  readonly directory: string | null;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly message: string };

const port = z.coerce
  .number('is not a number')
  .int('is not a whole number')
  .min(0, 'is below 0')
  .max(65_535, 'is above 65535');
const text = z.string().trim().optional();

const environment = z.object({
  LAMPBOARD_HOST: text,
  LAMPBOARD_PORT: port.default(8080),
  LAMPBOARD_AMI_HOST: text,
  LAMPBOARD_AMI_PORT: port.min(1, 'is below 1').default(5038),
  LAMPBOARD_AMI_USERNAME: text,
  LAMPBOARD_AMI_SECRET: text,
  LAMPBOARD_AMI_SECRET_FILE: text,
  LAMPBOARD_CONTEXTS: text,
  LAMPBOARD_DIRECTORY: text,
});

/** Reads the configuration from the environment; a wrong value gives one line that names it, and never its secret. */
export function readConfig(env: NodeJS.ProcessEnv): ConfigResult {
  const given = Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== '');
  const parsed = environment.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      ok: false,
      message: `${issue?.path.join('.') ?? 'The configuration'} ${issue?.message ?? 'is wrong'}.`,
    };
  }
  const values = parsed.data;
  const host = values.LAMPBOARD_HOST ?? '127.0.0.1';
  if (!isLoopback(host)) {
    return {
      ok: false,
      message: `LAMPBOARD_HOST is ${host}, but without sign-in Lampboard listens only on this machine (127.0.0.1, ::1 or localhost).`,
    };
  }
  const ami = readAmi(values);
  if (!ami.ok) return ami;
  const contexts = values.LAMPBOARD_CONTEXTS?.split(',')
    .map((context) => context.trim())
    .filter((context) => context !== '');
  return {
    ok: true,
    config: {
      host,
      port: values.LAMPBOARD_PORT,
      ami: ami.ami,
      contexts: contexts === undefined || contexts.length === 0 ? null : contexts,
      directory: values.LAMPBOARD_DIRECTORY ?? null,
    },
  };
}

function readAmi(
  values: z.infer<typeof environment>,
): { ok: true; ami: AmiConfig | null } | { ok: false; message: string } {
  const host = values.LAMPBOARD_AMI_HOST;
  if (host === undefined) {
    const stray = Object.keys(values).find(
      (name) => name.startsWith('LAMPBOARD_AMI_') && name !== 'LAMPBOARD_AMI_PORT',
    );
    if (stray === undefined) return { ok: true, ami: null };
    return { ok: false, message: `${stray} is set, but LAMPBOARD_AMI_HOST is missing beside it.` };
  }
  const username = values.LAMPBOARD_AMI_USERNAME;
  if (username === undefined)
    return { ok: false, message: 'LAMPBOARD_AMI_USERNAME is missing beside LAMPBOARD_AMI_HOST.' };
  const file = values.LAMPBOARD_AMI_SECRET_FILE;
  let secret = values.LAMPBOARD_AMI_SECRET;
  if (file !== undefined) {
    try {
      secret = readFileSync(file, 'utf8').trim();
    } catch {
      return { ok: false, message: `LAMPBOARD_AMI_SECRET_FILE names ${file}, which can't be read.` };
    }
  }
  if (secret === undefined || secret === '') {
    return {
      ok: false,
      message: 'LAMPBOARD_AMI_SECRET or LAMPBOARD_AMI_SECRET_FILE is missing beside LAMPBOARD_AMI_HOST.',
    };
  }
  return { ok: true, ami: { host, port: values.LAMPBOARD_AMI_PORT, username, secret } };
}
