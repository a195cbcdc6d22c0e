// Checks that every rule of SPEC.md is cited by a test, that every cited rule exists, and that every file and name in
// ARCHITECTURE.md does.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

const patterns = ['*.test.ts', '*.test.tsx', '*.spec.ts'];
const options = ['--cached', '--others', '--exclude-standard'];
const tests = execFileSync('git', ['ls-files', ...options, ...patterns], { encoding: 'utf8' })
  .trim()
  .split('\n');
const rules = new Set(
  Array.from(readFileSync('SPEC.md', 'utf8').matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm), ([, id]) => id),
);
const cited = new Map();
for (const file of tests) {
  for (const [, id] of readFileSync(file, 'utf8').matchAll(/\[([A-Z]{2}\d+)\] /g)) cited.set(id, file);
}

function report(finding) {
  console.error(finding);
  process.exitCode = 1;
}
for (const id of rules) if (!cited.has(id)) report(`SPEC.md has the rule ${id}, which no test cites.`);
for (const [id, file] of cited)
  if (!rules.has(id)) report(`${file} cites ${id}, which SPEC.md does not have.`);

const architecture = readFileSync('ARCHITECTURE.md', 'utf8');
for (const [, path] of architecture.matchAll(/`((?:apps|packages|e2e|scripts|docs)\/[\w/.-]+)`/g))
  if (!existsSync(path)) report(`ARCHITECTURE.md names ${path}, which does not exist.`);
let folder = '';
for (const line of architecture.split('\n')) {
  folder = /^(?:apps|packages)\/[\w/-]+$/.exec(line)?.[0] ?? folder;
  const [, path, names = ''] = /^ {2}([\w/.-]+\.tsx?)\s+([\w, ]+?)(?: {2,}|$)/.exec(line) ?? [];
  if (path === undefined) continue;
  const file = posix.join(folder, path);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  for (const name of names.split(', '))
    if (!new RegExp(`\\b${name}\\b`).test(text))
      report(`ARCHITECTURE.md names ${name}, which ${file} lacks.`);
}
