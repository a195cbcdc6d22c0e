import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../platform/testing/test-folder.ts';
import { warnAboutExposedSecrets } from './secrets.ts';

function files() {
  const folder = testFolder();
  const make = (name: string, mode: number) => {
    const path = join(folder, name);
    writeFileSync(path, 'hush');
    chmodSync(path, mode);
    return path;
  };
  const warned: unknown[] = [];
  const log = { warn: (line: unknown) => void warned.push(line) };
  return { make, warned, log };
}

it('[ST8] warns about secret files that every user can read or write, with their settings', () => {
  const { make, warned, log } = files();
  const env = {
    LAMPBOARD_AMI_SECRET_FILE: make('ami', 0o644),
    LAMPBOARD_METRICS_TOKEN_FILE: make('token', 0o640),
    LAMPBOARD_REDIS_URL_FILE: make('redis', 0o602),
    LAMPBOARD_TLS_KEY: make('key', 0o604),
    LAMPBOARD_TLS_CERT: make('certificate', 0o644),
  };
  warnAboutExposedSecrets({ env, dotEnv: make('.env', 0o644), log });
  expect(warned).toEqual([
    { setting: 'LAMPBOARD_AMI_SECRET_FILE', file: env.LAMPBOARD_AMI_SECRET_FILE },
    { setting: 'LAMPBOARD_REDIS_URL_FILE', file: env.LAMPBOARD_REDIS_URL_FILE },
    { setting: 'LAMPBOARD_TLS_KEY', file: env.LAMPBOARD_TLS_KEY },
  ]);
});

it('[ST8] warns about .env if it may contain a secret', () => {
  const { make, warned, log } = files();
  const dotEnv = make('.env', 0o644);
  warnAboutExposedSecrets({ env: { LAMPBOARD_PORT: '8080' }, dotEnv, log });
  expect(warned).toEqual([]);
  warnAboutExposedSecrets({ env: { LAMPBOARD_AMI_SECRET: 'hush' }, dotEnv, log });
  expect(warned).toEqual([{ setting: '.env', file: dotEnv }]);
  chmodSync(dotEnv, 0o600);
  warnAboutExposedSecrets({ env: { LAMPBOARD_AMI_SECRET: 'hush' }, dotEnv, log });
  expect(warned).toHaveLength(1);
});
