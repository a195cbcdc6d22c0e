import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfig } from '../config/config.ts';
import { openIdentity } from '../identity.ts';
import { USAGE, accountCommand } from './account-cli.ts';

const OPTIONS = {
  role: { type: 'string' },
  extension: { type: 'string', multiple: true },
  'no-extensions': { type: 'boolean' },
  'password-stdin': { type: 'boolean' },
} as const;

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
const [topic, command, name, ...rest] = positionals;
if (topic !== 'account' || rest.length > 0) fail(USAGE);
if (existsSync('.env')) process.loadEnvFile('.env');
const config = readConfig(process.env);
if (!config.ok) fail(`Lampboard: ${config.message}`);

const { data, ami, session } = config.value;
const identity = openIdentity({ folder: data, isDemo: ami === null, session, now: Date.now });
const outcome = await accountCommand(
  {
    command,
    name,
    role: values.role,
    extensions: values.extension ?? [],
    noExtensions: values['no-extensions'] ?? false,
    readPassword: values['password-stdin'] ? () => readFileSync(0, 'utf8').replace(/\r?\n$/, '') : null,
  },
  identity,
);
identity.close();
if (!outcome.ok) fail(outcome.message);
process.stdout.write(outcome.text);
