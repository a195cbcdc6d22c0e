import { statSync } from 'node:fs';
import type { Logger } from '../log.ts';

/** Mode bits by which users other than owner and group may read or write a file. */
const OTHERS = 0o006;
const KEY_FILE = 'LAMPBOARD_TLS_KEY';
const SECRET_FILES = /^LAMPBOARD_\w+_FILE$/;
/** Settings whose value is a secret, or may hold one. */
const SECRETS = ['AMI_SECRET', 'OIDC_CLIENT_SECRET', 'METRICS_TOKEN', 'REDIS_URL'].map(
  (name) => `LAMPBOARD_${name}`,
);

/** Warns of files with secrets that every user of this machine may read or write: those that settings name, and `.env`. */
export function warnOfOpenSecrets({
  env,
  dotEnv,
  log,
}: {
  /** The environment, with the settings of `.env`. */
  env: NodeJS.ProcessEnv;
  dotEnv: string;
  log: Pick<Logger, 'warn'>;
}): void {
  const named = Object.entries(env).filter(([name]) => name === KEY_FILE || SECRET_FILES.test(name));
  const files = SECRETS.some((name) => env[name] !== undefined)
    ? [...named, ['.env', dotEnv] as const]
    : named;
  for (const [setting, file = ''] of files) {
    const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
    if ((mode & OTHERS) !== 0)
      log.warn(
        { setting, file },
        'every user of this machine may read or change this file with a secret: chmod 600',
      );
  }
}
