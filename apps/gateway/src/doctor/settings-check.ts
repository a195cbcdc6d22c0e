import { existsSync } from 'node:fs';
import { type Config, checkClusterSetup } from '../config/config.ts';
import { DOT_ENV, loadConfig } from '../config/load-config.ts';
import { exposedSecretFiles } from '../config/secrets.ts';
import { checkPublicServing } from '../config/serving.ts';
import type { Directory } from '../directory/directory-csv.ts';
import { problemText, readDirectoryFile } from '../directory/directory-file.ts';
import { checkServerCertificate } from './certificate-check.ts';
import { type Finding, count, ok, problem, warning } from './finding.ts';

/** Further wrong lines of the directory file are only counted. */
const MAX_LINES = 5;

export interface SettingsCheck {
  readonly findings: readonly Finding[];
  /** Null: the start stops. */
  readonly config: Config | null;
  readonly directory: Directory;
}

/** Checks the settings, and the files that they name, as a start does. */
export function checkSettings(now: number): SettingsCheck {
  const loaded = loadConfig();
  if (!loaded.ok)
    return {
      config: null,
      directory: new Map(),
      findings: [problem('settings', withoutPeriod(loaded.message))],
    };
  const config = loaded.value;
  const files = [existsSync(DOT_ENV) ? DOT_ENV : [], config.pbxFile?.path ?? []].flat();
  const sources = ['the environment', ...files].join(' and ');
  const people = checkDirectory(config.directoryFile);
  const findings = [
    ok('settings', `they are valid, from ${sources}`),
    ...exposedSecretFiles({ env: process.env, dotEnv: DOT_ENV, secretFiles: config.secretFiles }).map(
      ({ setting, file }) =>
        warning(
          'secrets',
          `every user of this machine can read or write ${file} (${setting}), which holds a secret`,
          `chmod 600 ${file}`,
        ),
    ),
    ...people.findings,
    ...checkServerCertificate(config.http, now),
  ];
  return { config, directory: people.directory, findings };
}

/** Checks what the start requires before others may reach the address. */
export function checkServing(config: Config, hasAccounts: boolean): Finding[] {
  const error = checkPublicServing(config, hasAccounts) ?? checkClusterSetup(config, hasAccounts);
  return error === null ? [] : [problem('settings', withoutPeriod(error))];
}

function checkDirectory(path: string | null): { findings: Finding[]; directory: Directory } {
  if (path === null) return { findings: [], directory: new Map() };
  const read = readDirectoryFile(path);
  if (!read.ok)
    return { findings: [problem('directory', withoutPeriod(read.message))], directory: new Map() };
  const { directory, problems } = read.parsed;
  const text = `${path} names ${count(directory.size, 'extension')}`;
  if (problems.length === 0) return { findings: [ok('directory', text)], directory };
  const lines = problems.slice(0, MAX_LINES).map((row) => `line ${row.line} ${problemText(row)}`);
  const more = problems.length > MAX_LINES ? `, and ${problems.length - MAX_LINES} more` : '';
  return {
    findings: [warning('directory', `${text}; ${lines.join(', ')}${more}`, 'correct these lines')],
    directory,
  };
}

const withoutPeriod = (text: string) => text.replace(/\.$/, '');
