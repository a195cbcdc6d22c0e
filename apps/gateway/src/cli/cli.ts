import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DOT_ENV, loadConfig } from '../config/load-config.ts';
import { demoForOthers } from '../config/serving.ts';
import { type Identity, openIdentity } from '../identity.ts';
import { createLog } from '../log.ts';
import { StartFault } from '../start-fault.ts';
import { REASON_TEXTS, storeReason } from '../store/store-error.ts';
import { USAGE, accountCommand } from './account-cli.ts';
import { auditCommandLine } from './audit-command-line.ts';

const OPTIONS = {
  role: { type: 'string' },
  extension: { type: 'string', multiple: true },
  'no-extensions': { type: 'boolean' },
  'password-stdin': { type: 'boolean' },
} as const;

/** Milliseconds that a command waits for the gateway, or another program, to finish writing. */
const BUSY_MS = 5000;

function fail(message: string): never {
  process.stderr.write(`${message.trimEnd()}\n`);
  process.exit(1);
}

function parsed() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch {
    return fail(USAGE);
  }
}

const { values, positionals } = parsed();
const [topic, command, name, newName, ...rest] = positionals;
if (topic !== 'account' || rest.length > 0) fail(USAGE);
const config = loadConfig();
if (!config.ok) fail(`Lampboard: ${config.message}`);
const unfit = demoForOthers(config.value);
if (unfit !== null) fail(`Lampboard: ${unfit}`);

const { data, ami, session, serving } = config.value;
const isDemo = ami === null;
const identity = opened();

function opened(): Identity {
  try {
    return openIdentity({
      folder: data,
      isDemo,
      session,
      publicUrl: serving.publicUrl,
      now: Date.now,
      log: createLog(),
      busyMs: BUSY_MS,
    });
  } catch (error) {
    if (error instanceof StartFault) return fail(`Lampboard: ${error.message}`);
    throw error;
  }
}

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
  identity,
).catch((error: unknown) => {
  const reason = storeReason(error);
  if (reason === null) throw error;
  return fail(`Lampboard: the store in ${data} can’t be used: ${REASON_TEXTS[reason]}. Nothing was changed.`);
});
if (outcome.ok) auditCommandLine(identity, { command, name, newName });
identity.close();
if (!outcome.ok) fail(outcome.message);
process.stdout.write(outcome.text);
if (isDemo) {
  // A list stays a list, for programs that read it.
  const notice = command === 'list' ? process.stderr : process.stdout;
  notice.write(
    `These are accounts of the demo PBX: LAMPBOARD_AMI_HOST is set neither in the environment nor in ${DOT_ENV}.\n`,
  );
}
