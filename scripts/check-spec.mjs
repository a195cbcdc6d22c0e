// Checks that every rule of SPEC.md is cited by a test, and that every cited rule exists.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const patterns = ['*.test.ts', '*.test.tsx', 'e2e/tests/browser/*.spec.ts'];
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
