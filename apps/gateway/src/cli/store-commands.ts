import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { isDemoConfig } from '../config/pbxs.ts';
import { DOT_ENV, loadConfig } from '../config/load-config.ts';
import { probeLampboard } from '../doctor/http-probe.ts';
import { backupStore, restoreStore } from '../platform/store/backup.ts';
import type { StoreLocation } from '../platform/store/store-identity.ts';

const BACKUP_USAGE = `Usage: lampboard backup FILE

Copies the store to a new file that only its owner can read, while Lampboard runs or not. It holds accounts, groups,
templates and history. Settings, certificates and the directory file are not in it.
`;

const RESTORE_USAGE = `Usage: lampboard restore FILE

Replaces the store with a copy that “lampboard backup” made, while Lampboard does not run. The copy is checked first, and
the replaced store is kept beside it.
`;

const HELP = ['--help', '-h'];

/** `lampboard backup …` */
export async function runBackupCommand(args: readonly string[]): Promise<number> {
  return withFile(args, BACKUP_USAGE, async (file, config) => {
    const result = backupStore(locationOf(config), file);
    if (!result.ok) return fail(result.message);
    print(config, `The store in ${config.dataDir} was copied to ${file}.`);
    return 0;
  });
}

/** `lampboard restore …` */
export async function runRestoreCommand(args: readonly string[]): Promise<number> {
  return withFile(args, RESTORE_USAGE, async (file, config) => {
    const isServing = (await probeLampboard(config.http)) !== null;
    const options = { now: Date.now(), isServing };
    const result = restoreStore(locationOf(config), file, options);
    if (!result.ok) return fail(result.message);
    const { replaced } = result.value;
    const before = replaced === null ? 'There was none before.' : `The one before is ${replaced}.`;
    print(config, `The store in ${config.dataDir} is now that of ${file}. ${before} Start Lampboard.`);
    return 0;
  });
}

async function withFile(
  args: readonly string[],
  usage: string,
  run: (file: string, config: Config) => Promise<number>,
): Promise<number> {
  const [file, ...rest] = args;
  if (file !== undefined && HELP.includes(file)) {
    process.stdout.write(usage);
    return 0;
  }
  if (file === undefined || file.startsWith('-') || rest.length > 0) {
    process.stderr.write(usage);
    return 1;
  }
  const config = loadConfig();
  return config.ok ? run(resolve(file), config.value) : fail(config.message);
}

/** Adds that the demo PBX has a store of its own. */
function print(config: Config, text: string): void {
  const demoText = `It is the demo PBX's: no LAMPBOARD_AMI_HOST is set, in the environment or in ${DOT_ENV}.`;
  process.stdout.write(isDemoConfig(config) ? `${text} ${demoText}\n` : `${text}\n`);
}

const locationOf = (config: Config): StoreLocation => ({
  folder: config.dataDir,
  isDemo: isDemoConfig(config),
});

function fail(message: string): number {
  process.stderr.write(`Lampboard: ${message}\n`);
  return 1;
}
