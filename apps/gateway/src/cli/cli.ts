import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { toConfigResult } from '../config/environment.ts';
import { DOT_ENV, loadConfig } from '../config/load-config.ts';
import { checkDemoServing } from '../config/serving.ts';
import { createAuth } from '../auth/auth.ts';
import { createLogger } from '../platform/log.ts';
import { tryOr } from '../platform/failure.ts';
import { openStore } from '../platform/store/open-store.ts';
import { createStoreWriter } from '../platform/store/store-writer.ts';
import { REASON_TEXTS, storeReason } from '../platform/store/store-error.ts';
import { USAGE, accountCommand, auditCommandLine } from './account-cli.ts';

const OPTIONS = {
  role: { type: 'string' },
  extension: { type: 'string', multiple: true },
  'no-extensions': { type: 'boolean' },
  'password-stdin': { type: 'boolean' },
} as const;

/** Time that a command waits for another program's write. */
const BUSY_TIMEOUT_MS = 5000;

function fail(message: string): never {
  process.stderr.write(`${message.trimEnd()}\n`);
  process.exit(1);
}

const { values, positionals } =
  tryOr(() => parseArgs({ options: OPTIONS, allowPositionals: true }), null) ?? fail(USAGE);
const [topic, command, name, newName, ...rest] = positionals;
if (topic !== 'account' || rest.length > 0) fail(USAGE);
const config = loadConfig();
if (!config.ok) fail(`Lampboard: ${config.message}`);
const demoError = checkDemoServing(config.value);
if (demoError !== null) fail(`Lampboard: ${demoError}`);

const { dataDir, ami, session, http } = config.value;
const isDemo = ami === null;
const opened = toConfigResult(() => openStore({ folder: dataDir, isDemo }));
if (!opened.ok) fail(`Lampboard: ${opened.message}`);
const store = opened.value;
const { db } = store;
const writer = createStoreWriter({ db, log: createLogger(), busyTimeoutMs: BUSY_TIMEOUT_MS });
const auth = createAuth({ store, writer, session, publicUrl: http.publicUrl, now: Date.now });

const outcome = await accountCommand(
  {
    command,
    name,
    newName,
    role: values.role,
    extensions: values.extension ?? [],
    noExtensions: values['no-extensions'] ?? false,
    readPassword: values['password-stdin'] ? () => readFileSync(0, 'utf8').replace(/\r?\n$/, '') : null,
  },
  auth,
).catch((error: unknown) => {
  const reason = storeReason(error);
  if (reason === null) throw error;
  return fail(
    `Lampboard: the store in ${dataDir} can’t be used: ${REASON_TEXTS[reason]}. Nothing was changed.`,
  );
});
if (outcome.ok) auditCommandLine({ db, writer, ...auth }, { command, name, newName });
auth.stop();
writer.stop();
store.close();
if (!outcome.ok) fail(outcome.message);
process.stdout.write(outcome.text);
if (isDemo) {
  // Programs may read the list from standard output.
  const output = command === 'list' ? process.stderr : process.stdout;
  output.write(
    `These are accounts of the demo PBX: LAMPBOARD_AMI_HOST is set neither in the environment nor in ${DOT_ENV}.\n`,
  );
}
