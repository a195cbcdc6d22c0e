import { makeTempFolder } from '../processes/temp-folder.ts';
import { type AmiUser, USERS } from '../pbx/pbx-under-test.ts';
import { freePort } from '../processes/free-port.ts';
import { runCli } from './test-accounts.ts';

export interface DoctorFinding {
  readonly check: string;
  readonly level: 'ok' | 'warning' | 'problem';
  /** The PBX that it concerns, where there are several. */
  readonly pbx: string | null;
  readonly text: string;
  readonly remedy: string | null;
}

/** Settings of a gateway on a PBX, at a free port and with a new data folder unless `env` has others. */
export function doctorSettings(amiPort: number, { username, secret }: AmiUser = USERS.lampboard) {
  return {
    LAMPBOARD_AMI_HOST: '127.0.0.1',
    LAMPBOARD_AMI_PORT: String(amiPort),
    LAMPBOARD_AMI_USERNAME: username,
    LAMPBOARD_AMI_SECRET: secret,
  };
}

interface DoctorOptions {
  readonly settings?: NodeJS.ProcessEnv;
  /** Seconds in which events are expected. */
  readonly wait?: number;
}

/** Runs `lampboard doctor --json` in a folder of its own. */
export async function runDoctor({ settings = {}, wait = 0 }: DoctorOptions) {
  const { path: cwd, stop } = await makeTempFolder();
  try {
    const env = { ...process.env, LAMPBOARD_PORT: String(await freePort()), ...settings };
    const { code, stdout, stderr } = await runCli({
      args: ['doctor', '--json', '--wait', String(wait)],
      cwd,
      env,
    });
    if (stderr !== '') throw new Error(`doctor wrote: ${stderr}`);
    const { ok, findings }: { ok: boolean; findings: DoctorFinding[] } = JSON.parse(stdout);
    const of = (check: string) => findings.filter((finding) => finding.check === check);
    return {
      code,
      ok,
      text: stdout,
      findings,
      /** Findings of one check. */
      of,
      problems: findings.filter(({ level }) => level === 'problem'),
      /** `level text` of each finding of a check. */
      lines: (check: string) => of(check).map(({ level, text }) => `${level} ${text}`),
    };
  } finally {
    await stop();
  }
}
