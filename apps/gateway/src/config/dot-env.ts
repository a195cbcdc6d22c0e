import { lstatSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { type Read, fault } from './environment.ts';
import { decodeUtf8, whyUnreadable } from './text-file.ts';

const NAME = /^(?:export\s+)?([^\s=#"'`]+)\s*=\s*(.*)$/;
const QUOTED = /^(["'`])(?:(?!\1).)*\1\s*(?:#.*)?$/;

/**
 * Reads `NAME=value` lines as Node's `--env-file` does, one line each; no file is no settings. What Node would lose
 * without a word is refused: text that is not UTF-8, a line of another form, an open quote, a `#` inside a value, a name
 * that comes twice. Messages name the file and the line, never the value.
 */
export function readDotEnv(path: string): Read<Record<string, string>> {
  const bytes = readIfThere(path);
  if (!bytes.ok || bytes.value === null) return bytes.ok ? { ok: true, value: {} } : bytes;
  const text = decodeUtf8(bytes.value);
  if (text === null) return fault(`${path} is not UTF-8, so its settings can't be read; save it as UTF-8.`);
  const values: Record<string, string> = {};
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const where = `${path}, line ${index + 1}`;
    const [, name, value = ''] = NAME.exec(line) ?? [];
    if (name === undefined) return fault(`${where} is not of the form NAME=value.`);
    if (name in values) return fault(`${where} sets ${name} a second time; keep one of the lines.`);
    const isFit = /^["'`]/.test(value) ? QUOTED.test(value) : !/\S#/.test(value);
    if (!isFit) {
      return fault(`${where}: put the whole value of ${name} into quotes, of a kind that it does not hold.`);
    }
    values[name] = parseEnv(line)[name] ?? '';
  }
  return { ok: true, value: values };
}

function readIfThere(path: string): Read<Uint8Array | null> {
  try {
    return { ok: true, value: readFileSync(path) };
  } catch (error) {
    // A broken link is not a missing file: its settings would be lost.
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return { ok: true, value: null };
    return fault(`${path}, the file with the LAMPBOARD_ settings, ${whyUnreadable(error)}.`);
  }
}
