import { resolve } from 'node:path';
import { type Config, readConfig } from './config.ts';
import { readDotEnv } from './dot-env.ts';
import type { Read } from './environment.ts';

/** The file with settings in the folder from which Lampboard is started. */
export const DOT_ENV = resolve('.env');

/** Reads the configuration from the file `.env` and from the environment, which takes precedence. */
export function loadConfig(): Read<Config> {
  const file = readDotEnv(DOT_ENV);
  if (!file.ok) return file;
  const given = Object.entries(process.env).filter(([name, value]) => !isServiceLink(name, value));
  for (const [name, value] of Object.entries(file.value)) process.env[name] ??= value;
  return readConfig({ ...file.value, ...Object.fromEntries(given) });
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
