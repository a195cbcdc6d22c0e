import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run demo-pbx -- [options]

An AMI server that behaves as Asterisk 22. Without --extensions it simulates an office of 48.

  --host ADDRESS     address to listen on (127.0.0.1)
  --port N           port to listen on, 0 for any that is free (5038)
  --extensions N     number of extensions, numbered from 10000, instead of the office
  --rate N           changes per second with --extensions (100)
  --calls N          calls at any time with --extensions (0); each ends after 50 s, and another one begins
  --noise N          other events per second with --extensions (0); the user may not filter them out
  --seed N           the same seed gives the same sequence (1)
  --secret TEXT      secret of the AMI user lampboard (demo)
  --help             this text`;

export interface CliOptions {
  host: string;
  port: number;
  secret: string;
  seed: number;
  simulation:
    | { kind: 'office' }
    | { kind: 'load'; extensions: number; rate: number; calls: number; noise: number };
}

type CliResult =
  | { kind: 'run'; options: CliOptions }
  | { kind: 'help' }
  | { kind: 'invalid'; message: string };

const LIMITS = {
  port: { fallback: 5038, min: 0, max: 65_535 },
  extensions: { fallback: 0, min: 1, max: 100_000 },
  rate: { fallback: 100, min: 0, max: 50_000 },
  calls: { fallback: 0, min: 0, max: 10_000 },
  noise: { fallback: 0, min: 0, max: 100_000 },
  seed: { fallback: 1, min: 0, max: 2 ** 32 - 1 },
} as const;

function parseNumber(text: string | undefined, name: keyof typeof LIMITS): number {
  const { fallback, min, max } = LIMITS[name];
  if (text === undefined) return fallback;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new Error(`--${name} takes a whole number from ${min} to ${max}, not "${text}"`);
}

const string = { type: 'string' } as const;
const OPTIONS = {
  host: string,
  port: string,
  extensions: string,
  rate: string,
  calls: string,
  noise: string,
  seed: string,
  secret: string,
  help: { type: 'boolean' },
} as const;

/** Parses the arguments after the program's name; an error is one line. */
export function parseCli(args: readonly string[]): CliResult {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values.help) return { kind: 'help' };
    for (const name of ['rate', 'calls', 'noise'] as const) {
      if (values[name] !== undefined && values.extensions === undefined)
        return { kind: 'invalid', message: `--${name} requires --extensions: the office has a fixed rate` };
    }
    if (values.secret === '') return { kind: 'invalid', message: '--secret must not be empty' };
    const number = (name: keyof typeof LIMITS) => parseNumber(values[name], name);
    const load = { rate: number('rate'), calls: number('calls'), noise: number('noise') };
    const extensions = number('extensions');
    const simulation: CliOptions['simulation'] =
      extensions > 0 ? { kind: 'load', extensions, ...load } : { kind: 'office' };
    const { host = '127.0.0.1', secret = 'demo' } = values;
    return { kind: 'run', options: { host, port: number('port'), seed: number('seed'), secret, simulation } };
  } catch (error) {
    const [message = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return { kind: 'invalid', message };
  }
}
