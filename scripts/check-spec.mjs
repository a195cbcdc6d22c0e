// Checks that every rule of SPEC.md is cited by a test, and that every cited rule exists.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const list = [
  'ls-files',
  '--cached',
  '--others',
  '--exclude-standard',
  '*.test.ts',
  '*.test.tsx',
  'e2e/tests/browser/*.spec.ts',
];
const tests = execFileSync('git', list, { encoding: 'utf8' }).trim().split('\n');
const rules = new Set(
  Array.from(readFileSync('SPEC.md', 'utf8').matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm), ([, id]) => id),
);
const cited = new Map();
for (const file of tests) {
  for (const [, id] of readFileSync(file, 'utf8').matchAll(/\[([A-Z]{2}\d+)\] /g)) cited.set(id, file);
}

const findings = [
  ...[...rules]
    .filter((id) => !cited.has(id))
    .map((id) => `SPEC.md has the rule ${id}, which no test cites.`),
  ...[...cited]
    .filter(([id]) => !rules.has(id))
    .map(([id, file]) => `${file} cites ${id}, which SPEC.md does not have.`),
];
for (const finding of findings) console.error(finding);
process.exit(findings.length === 0 ? 0 : 1);
