import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Config, authSettings } from '../config/config.ts';
import { toConfigResult } from '../config/environment.ts';
import { isDemoConfig } from '../config/pbxs.ts';
import { DOT_ENV, loadConfig } from '../config/load-config.ts';
import { checkDemoServing } from '../config/serving.ts';
import { createAuth } from '../auth/auth.ts';
import { createLogger } from '../platform/log.ts';
import { tryOr } from '../platform/failure.ts';
import { openStore } from '../platform/store/open-store.ts';
import { createStoreWriter } from '../platform/store/store-writer.ts';
import { REASON_TEXTS, storeReason } from '../platform/store/store-error.ts';
import { type AccountArguments, USAGE, accountCommand, auditCommandLine } from './account-cli.ts';

const OPTIONS = {
  role: { type: 'string' },
  extension: { type: 'string', multiple: true },
  'no-extensions': { type: 'boolean' },
  pbx: { type: 'string', multiple: true },
  context: { type: 'string', multiple: true },
  department: { type: 'string', multiple: true },
  'no-limits': { type: 'boolean' },
  'password-stdin': { type: 'boolean' },
  invite: { type: 'boolean' },
  days: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Time that a command waits for another program's write. */
const BUSY_TIMEOUT_MS = 5000;

type Outcome = Awaited<ReturnType<typeof accountCommand>>;

/** `lampboard account …` */
export async function runAccountCommand(args: readonly string[]): Promise<number> {
  const parsed = tryOr(() => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }), null);
  if (parsed?.values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [command, name, newName, ...rest] = parsed?.positionals ?? [];
  if (parsed === null || rest.length > 0) return fail(USAGE);
  const config = loadConfig();
  if (!config.ok) return fail(`Lampboard: ${config.message}`);
  const demoError = checkDemoServing(config.value);
  if (demoError !== null) return fail(`Lampboard: ${demoError}`);

  const { values } = parsed;
  const outcome = await runOnStore(config.value, {
    command,
    name,
    newName,
    role: values.role,
    extensions: values.extension ?? [],
    noExtensions: values['no-extensions'] ?? false,
    limits: {
      pbxs: values.pbx ?? [],
      contexts: values.context ?? [],
      departments: values.department ?? [],
    },
    noLimits: values['no-limits'] ?? false,
    invite: values.invite ?? false,
    days: values.days,
    readPassword: values['password-stdin'] ? () => readFileSync(0, 'utf8').replace(/\r?\n$/, '') : null,
  });
  if (!outcome.ok) return fail(outcome.message);
  process.stdout.write(outcome.text);
  if (outcome.note !== undefined) process.stderr.write(outcome.note);
  if (isDemoConfig(config.value)) {
    // Programs may read lists and links from standard output.
    const isForPrograms = command === 'list' || outcome.note !== undefined;
    const output = isForPrograms ? process.stderr : process.stdout;
    output.write(
      `These are accounts of the demo PBX: LAMPBOARD_AMI_HOST is set neither in the environment nor in ${DOT_ENV}.\n`,
    );
  }
  return 0;
}

function fail(message: string): number {
  process.stderr.write(`${message.trimEnd()}\n`);
  return 1;
}

/** Runs a command on the store, and records it in the audit log. */
async function runOnStore(config: Config, args: AccountArguments): Promise<Outcome> {
  const { dataDir, pbxs } = config;
  const opened = toConfigResult(() => openStore({ folder: dataDir, isDemo: isDemoConfig(config), pbxs }));
  if (!opened.ok) return { ok: false, message: `Lampboard: ${opened.message}` };
  const store = opened.value;
  const { db } = store;
  const writer = createStoreWriter({ db, log: createLogger(), busyTimeoutMs: BUSY_TIMEOUT_MS });
  const auth = createAuth({ store, writer, ...authSettings(config), now: Date.now });
  try {
    const outcome = await accountCommand(args, auth);
    if (outcome.ok) auditCommandLine({ db, writer, ...auth }, args);
    return outcome;
  } catch (error) {
    const reason = storeReason(error);
    if (reason === null) throw error;
    return {
      ok: false,
      message: `Lampboard: the store in ${dataDir} can’t be used: ${REASON_TEXTS[reason]}. Nothing was changed.`,
    };
  } finally {
    auth.stop();
    writer.stop();
    store.close();
  }
}
