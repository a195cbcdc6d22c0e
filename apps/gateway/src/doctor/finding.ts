import { styleText } from 'node:util';

export type CheckName =
  | 'settings'
  | 'secrets'
  | 'directory'
  | 'certificate'
  | 'store'
  | 'disk'
  | 'port'
  | 'redis'
  | 'asterisk'
  | 'rights'
  | 'events'
  | 'filter'
  | 'hints'
  | 'names'
  | 'calls'
  | 'clock'
  | 'public URL';

/** Result of one check. Texts hold no secret and no name of a person. */
export interface Finding {
  readonly check: CheckName;
  readonly level: 'ok' | 'warning' | 'problem';
  /** The PBX that it concerns, where there are several; else null. */
  readonly pbx: string | null;
  readonly text: string;
  /** Remedy; null where none is needed, or where the text contains it. */
  readonly remedy: string | null;
}

export const ok = (check: CheckName, text: string): Finding => ({
  check,
  level: 'ok',
  pbx: null,
  text,
  remedy: null,
});

export const warning = (check: CheckName, text: string, remedy: string | null = null): Finding => ({
  check,
  level: 'warning',
  pbx: null,
  text,
  remedy,
});

export const problem = (check: CheckName, text: string, remedy: string | null = null): Finding => ({
  check,
  level: 'problem',
  pbx: null,
  text,
  remedy,
});

const COLOURS = { ok: 'green', warning: 'yellow', problem: 'red' } as const;
const LEVEL_WIDTH = Math.max(...Object.keys(COLOURS).map((level) => level.length));
const CHECK_WIDTH = 'certificate'.length;

/** Returns one line, such as `problem  store        …: …. What to do: ….` */
export function formatFinding(
  { check, level, pbx, text, remedy }: Finding,
  { hasColours = false } = {},
): string {
  const padded = level.padEnd(LEVEL_WIDTH);
  const advice = remedy === null ? '' : ` What to do: ${remedy}.`;
  const name = pbx === null ? '' : `${pbx}: `;
  return `${hasColours ? styleText(COLOURS[level], padded) : padded}  ${check.padEnd(CHECK_WIDTH)}  ${name}${text}.${advice}`;
}

/** Returns `1 hint`, `2 hints`, or such as `2 people` with a plural of its own. */
export const count = (number: number, noun: string, plural = `${noun}s`) =>
  `${number.toLocaleString('en')} ${number === 1 ? noun : plural}`;
