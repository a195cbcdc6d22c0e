import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Step, parseScript } from './script.ts';

/** The scripts of a folder, one a file. */
export function readCorpus(folder: string): Step[][] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .toSorted()
    .map((name) => parseScript(readFileSync(join(folder, name), 'utf8')));
}
