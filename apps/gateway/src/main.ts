import { setFlagsFromString } from 'node:v8';
import type { Config } from './config/config.ts';
import { DOT_ENV, loadConfig } from './config/load-config.ts';
import { warnOfOpenSecrets } from './config/open-secrets.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { type Logger, createLog } from './log.ts';
import { NO_DIRECTORY, type SiteDirectory, openDirectory } from './pbx/site-directory.ts';
import { StartFault } from './start-fault.ts';
import { REASON_TEXTS, storeReason } from './store/store-error.ts';

// On a machine with much memory V8 collects garbage only when there is several times as much of it as of what lives.
setFlagsFromString('--heap-growing-percent=50');

function fail(message: string): never {
  process.stderr.write(`Lampboard: ${message}\n`);
  process.exit(1);
}

function readEverything(log: Logger): { config: Config; directory: SiteDirectory } {
  const read = loadConfig();
  if (!read.ok) return fail(read.message);
  const config = read.value;
  warnOfOpenSecrets({ env: process.env, dotEnv: DOT_ENV, log });
  if (config.directory === null) return { config, directory: NO_DIRECTORY };
  const opened = openDirectory({ path: config.directory, log });
  return opened.ok ? { config, directory: opened.value } : fail(opened.message);
}

/** Starts the gateway, and tells on standard output where it is; ends the process where it can't start. */
export async function main(): Promise<Gateway> {
  const log = createLog();
  const { config, directory } = readEverything(log);
  const gateway = await startGateway({ config, directory, log }).catch((error: unknown) => {
    if (error instanceof StartFault) return fail(error.message);
    const reason = storeReason(error);
    if (reason !== null)
      return fail(`LAMPBOARD_DATA: the store in ${config.data} can’t be used: ${REASON_TEXTS[reason]}.`);
    const why = error instanceof Error ? error.message : String(error);
    const isTaken = why.includes('EADDRINUSE');
    return fail(
      isTaken
        ? `port ${config.serving.port} is taken; choose another LAMPBOARD_PORT.`
        : `can't start: ${why}`,
    );
  });

  process.stdout.write(`Lampboard is at ${gateway.url}\n`);
  if (config.ami === null) {
    process.stdout.write(
      `No LAMPBOARD_AMI_HOST is set, in the environment or in ${DOT_ENV}: what you see is the embedded demo PBX, not a real one.\n`,
    );
  }
  if (gateway.firstAdminUrl !== null) {
    process.stdout.write(
      `There are no accounts yet. Make the first administrator, once, at ${gateway.firstAdminUrl}\n`,
    );
  }
  return gateway;
}
