import { parseArgs } from 'node:util';
import { loadConfig } from '../config/load-config.ts';
import { checkServing, checkSettings } from '../doctor/settings-check.ts';
import { examine } from '../doctor/doctor.ts';
import { type Finding, count, formatFinding } from '../doctor/finding.ts';
import { probeLampboard } from '../doctor/http-probe.ts';
import { tryOr } from '../platform/failure.ts';
import { VERSION } from '../platform/version.ts';

const DEFAULT_WAIT_S = 5;
const MAX_WAIT_S = 3600;

const DOCTOR_USAGE = `Usage: lampboard doctor [--json] [--wait SECONDS]

Checks this installation: settings, store, Asterisk, certificates, clock and public URL. It changes nothing, and may run
beside Lampboard. The exit code is 1 if there is a problem, else 0.

  --json          prints one JSON object
  --wait SECONDS  waits so long for events of Asterisk (${DEFAULT_WAIT_S})
`;

const CHECK_USAGE = `Usage: lampboard check

Checks the settings and the files that they name, as a start does, and starts nothing. Each warning or problem is a line;
the exit code is 1 if there is a problem, else 0.
`;

const HEALTHCHECK_USAGE = `Usage: lampboard healthcheck

Asks the Lampboard that serves with these settings on this machine, as a container's health check. The exit code is 0 while
it serves, whether Asterisk answers or not, else 1.
`;

const OPTIONS = { json: { type: 'boolean' }, wait: { type: 'string' }, help: { type: 'boolean' } } as const;

/** `lampboard doctor` */
export async function runDoctorCommand(args: readonly string[]): Promise<number> {
  const values = tryOr(() => parseArgs({ args: [...args], options: OPTIONS }).values, null);
  const waitS = Number(values?.wait ?? DEFAULT_WAIT_S);
  if (values === null || values.help || !(waitS >= 0 && waitS <= MAX_WAIT_S))
    return printUsage(DOCTOR_USAGE, values?.help === true);
  const findings: Finding[] = [];
  const hasColours = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  if (!values.json) process.stdout.write(`Lampboard ${VERSION}\n`);
  for await (const finding of examine({ waitMs: waitS * 1000, now: Date.now })) {
    findings.push(finding);
    if (!values.json) process.stdout.write(`${formatFinding(finding, { hasColours })}\n`);
  }
  const countOf = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const isOk = countOf('problem') === 0;
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ version: VERSION, ok: isOk, findings }, null, 2)}\n`
      : `${count(countOf('problem'), 'problem')}, ${count(countOf('warning'), 'warning')}\n`,
  );
  return isOk ? 0 : 1;
}

/** `lampboard check` */
export async function runCheckCommand(args: readonly string[]): Promise<number> {
  const isHelp = args.length === 1 && args[0] === '--help';
  if (args.length > 0) return printUsage(CHECK_USAGE, isHelp);
  const { config, findings } = checkSettings(Date.now());
  // Accounts are in the store, which is not a setting.
  const all = config === null ? findings : [...findings, ...checkServing(config, true)];
  for (const { level, text, remedy } of all) {
    if (level === 'ok') continue;
    process.stderr.write(`Lampboard: ${text}.${remedy === null ? '' : ` What to do: ${remedy}.`}\n`);
  }
  if (all.some(({ level }) => level === 'problem')) return 1;
  process.stdout.write('The settings, and the files that they name, can be used.\n');
  return 0;
}

/** `lampboard healthcheck` */
export async function runHealthcheckCommand(args: readonly string[]): Promise<number> {
  if (args.length > 0) return printUsage(HEALTHCHECK_USAGE, args.length === 1 && args[0] === '--help');
  const config = loadConfig();
  if (!config.ok) return fail(config.message);
  const running = await probeLampboard(config.value.http);
  if (running === null) return fail(`nothing serves at port ${config.value.http.port} of this machine.`);
  process.stdout.write(
    `Lampboard ${running.version} serves; the board is ${running.isLive ? '' : 'not '}live.\n`,
  );
  return 0;
}

function printUsage(usage: string, isRequested: boolean): number {
  (isRequested ? process.stdout : process.stderr).write(usage);
  return isRequested ? 0 : 1;
}

function fail(message: string): number {
  process.stderr.write(`Lampboard: ${message}\n`);
  return 1;
}
