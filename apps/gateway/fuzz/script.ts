import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BOARD_EVENTS } from '../src/asterisk/translate.ts';

/** Step of an Asterisk's output. `text` is untrusted input. */
export type Step =
  /** Changes the state of an extension's device, and so its lamp. */
  | { readonly kind: 'lamp'; readonly exten: string; readonly state: LampState }
  /** Sets a presence, whose text is sent in an event that escapes it and in one that does not. */
  | { readonly kind: 'presence'; readonly exten: string; readonly text: string }
  /** Sets an extension's name in AstDB, which is sent without escapes when the names are read. */
  | { readonly kind: 'name'; readonly exten: string; readonly text: string }
  /** Sends an event that relays text without escapes, and that changes nothing on the board. */
  | { readonly kind: 'event'; readonly text: string }
  /** Sends arbitrary bytes, after which the true lamps are unknown. */
  | { readonly kind: 'raw'; readonly text: string }
  /** Lets the output so far arrive on its own. */
  | { readonly kind: 'pause' };

export type LampState = 'NOT_INUSE' | 'INUSE' | 'RINGING' | 'BUSY' | 'ONHOLD';

export const EXTENSIONS = ['1101', '1102', '1103', '1104'] as const;
export const LAMP_STATES: readonly LampState[] = ['NOT_INUSE', 'INUSE', 'RINGING', 'BUSY', 'ONHOLD'];

const IGNORED_EVENT = new RegExp(
  `^Event: (?!(?:${[...BOARD_EVENTS, 'FullyBooted'].join('|')})\\r\\n)[A-Za-z]+\\r\\n`,
  'u',
);
/** Of a device that the board does not show. A `Local/` device is named after dialled text. */
const DEVICE_EVENT =
  /^Event: DeviceStateChange\r\nPrivilege: call,all\r\nDevice: (?!custom:)(?:local\/.*|[^\r\n]*)\r\nState: [A-Z_]+$/isu;

/** Formats a step per line: kind, extension if any, and text with JSON escapes. */
export const formatScript = (steps: readonly Step[]) => steps.map((step) => `${formatStep(step)}\n`).join('');

/** Skips lines that are invalid, or that no Asterisk can send. */
export function parseScript(text: string): Step[] {
  return text
    .split('\n')
    .flatMap((line) => parseStep(line) ?? [])
    .filter(isPossible);
}

/** Whether an Asterisk can send it: its events stay well below 64 KiB, and `Getvar` reads no longer presence. */
export function isPossible(step: Step): boolean {
  switch (step.kind) {
    case 'event':
      return (
        [IGNORED_EVENT, DEVICE_EVENT].some((event) => event.test(step.text)) && step.text.length < 15_000
      );
    case 'presence':
      return Buffer.byteLength(step.text) <= 750;
    case 'name':
      return step.text.length < 15_000;
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
    case 'name':
      return `${step.kind} ${step.exten} ${escape(step.text)}`;
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
  if (kind === 'presence' || kind === 'name') return { kind, exten, text: unescape(value) };
  const state = LAMP_STATES.find((candidate) => candidate === value);
  return kind === 'lamp' && state !== undefined ? { kind, exten, state } : null;
}

const escape = (text: string) => JSON.stringify(text).slice(1, -1);

function unescape(text: string): string {
  const parsed: unknown = JSON.parse(`"${text}"`);
  return String(parsed);
}

/** Reads the scripts of a folder, one per file. */
export function readCorpus(folder: string): Step[][] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .toSorted()
    .map((name) => parseScript(readFileSync(join(folder, name), 'utf8')));
}
