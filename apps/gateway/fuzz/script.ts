import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What an Asterisk says, step by step. Text holds whatever somebody typed, or sent. */
export type Step =
  /** The device of an extension changes its state, and so its lamp. */
  | { readonly kind: 'lamp'; readonly exten: string; readonly state: LampState }
  /** Somebody sets a presence; its text is in an event that Asterisk escapes, and in one that it does not. */
  | { readonly kind: 'presence'; readonly exten: string; readonly text: string }
  /** An event that no board wants, from its first line on, that relays text as it is. */
  | { readonly kind: 'event'; readonly text: string }
  /** Bytes that no Asterisk sends; from here on nobody can know the lamps. */
  | { readonly kind: 'raw'; readonly text: string }
  /** What was said so far arrives by itself. */
  | { readonly kind: 'pause' };

export type LampState = 'NOT_INUSE' | 'INUSE' | 'RINGING' | 'BUSY' | 'ONHOLD';

export const EXTENSIONS = ['1101', '1102', '1103', '1104'] as const;
export const LAMP_STATES: readonly LampState[] = ['NOT_INUSE', 'INUSE', 'RINGING', 'BUSY', 'ONHOLD'];

/** An event has a name, and it is none of those that boards live on: such an event is not relayed text. */
const IGNORED_EVENT =
  /^Event: (?!(?:ExtensionStatus|PresenceStateChange|Reload|FullyBooted)\r\n)[A-Za-z]+\r\n/;

/** A line for each step: its kind, its extension where it has one, and its text with the escapes of JSON. */
export function formatScript(steps: readonly Step[]): string {
  return steps.map((step) => `${formatStep(step)}\n`).join('');
}

/** Lines that are no step, or none that an Asterisk can say, are left out. */
export function parseScript(text: string): Step[] {
  return text
    .split('\n')
    .flatMap((line) => parseStep(line) ?? [])
    .filter(isPossible);
}

/** Whether an Asterisk can say it: no event of its own comes near 64 KiB, and `Getvar` reads no longer presence. */
export function isPossible(step: Step): boolean {
  switch (step.kind) {
    case 'event':
      return IGNORED_EVENT.test(step.text) && step.text.length < 15_000;
    case 'presence':
      return Buffer.byteLength(step.text) <= 750;
    case 'lamp':
    case 'raw':
    case 'pause':
      return true;
  }
}

function formatStep(step: Step): string {
  switch (step.kind) {
    case 'lamp':
      return `lamp ${step.exten} ${step.state}`;
    case 'presence':
      return `presence ${step.exten} ${escape(step.text)}`;
    case 'pause':
      return 'pause';
    case 'event':
    case 'raw':
      return `${step.kind} ${escape(step.text)}`;
  }
}

function parseStep(line: string): Step | null {
  const [, kind, rest = ''] = /^(\w+) ?(.*)$/s.exec(line) ?? [];
  if (kind === 'pause') return { kind };
  if (kind === 'event' || kind === 'raw') return { kind, text: unescape(rest) };
  const [, exten = '', value = ''] = /^(\d+) (.*)$/s.exec(rest) ?? [];
  if (exten === '') return null;
  if (kind === 'presence') return { kind, exten, text: unescape(value) };
  const state = LAMP_STATES.find((candidate) => candidate === value);
  return kind === 'lamp' && state !== undefined ? { kind, exten, state } : null;
}

const escape = (text: string) => JSON.stringify(text).slice(1, -1);

function unescape(text: string): string {
  const parsed: unknown = JSON.parse(`"${text}"`);
  return String(parsed);
}

/** The scripts of a folder, one a file. */
export function readCorpus(folder: string): Step[][] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .toSorted()
    .map((name) => parseScript(readFileSync(join(folder, name), 'utf8')));
}
