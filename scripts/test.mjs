// `npm test`: builds, runs the unit and PBX tests (vitest) and the browser tests (Playwright), and sums up the results.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'lampboard-test-'));

/** Returns whether the tool exits with 0. */
function run(tool, args, env = {}) {
  const { status } = spawnSync(tool, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return status === 0;
}

/** Reads the counts of a report; a run that failed without a failed test counts as one failure. */
function count(ok, file, read) {
  let counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
  try {
    counts = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    ok = false;
  }
  if (ok || counts.failed > 0) return counts;
  return {
    ...counts,
    failed: 1,
    failures: [...counts.failures, 'A run ended in error; its output is above.'],
  };
}

function formatFailure(file, title, message = '') {
  const firstLines = stripVTControlCharacters(message).split('\n').slice(0, 12);
  return [`${file} › ${title}`, ...firstLines].join('\n    ');
}

function unit() {
  const file = join(reports, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ok = run(join(root, 'node_modules/.bin/vitest'), ['run', ...reporters]);
  return count(ok, file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests,
    failures: report.testResults
      .filter(({ status }) => status === 'failed')
      .flatMap(({ name, message, assertionResults }) => {
        const failed = assertionResults.filter(({ status }) => status === 'failed');
        const path = relative(root, name);
        return failed.length > 0
          ? failed.map(({ fullName, failureMessages }) => formatFailure(path, fullName, failureMessages[0]))
          : [formatFailure(path, 'the file itself', message)];
      }),
  }));
}

const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)];

function playwright(...args) {
  const file = join(reports, 'playwright.json');
  const ok = run(
    join(root, 'e2e/node_modules/.bin/playwright'),
    ['test', '--config=e2e/playwright.config.ts', '--reporter=list,json', '--pass-with-no-tests', ...args],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  );
  return count(ok, file, ({ stats, suites }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    failures: suites
      .flatMap(specsOf)
      .filter(({ ok }) => !ok)
      .map(({ file, title, tests }) =>
        formatFailure(file, `${tests[0].projectName} › ${title}`, tests[0].results[0]?.error?.message),
      ),
  }));
}

const parts = run('npm', ['run', '--silent', 'build'])
  ? [unit(), playwright('--workers=2', '--grep-invert=@serial'), playwright('--workers=1', '--grep=@serial')]
  : [{ passed: 0, failed: 1, skipped: 0, failures: ['npm run build › stopped'] }];
rmSync(reports, { recursive: true });

const failures = parts.flatMap((part) => part.failures);
if (failures.length > 0) console.log(`\nFailed:\n  ${failures.join('\n  ')}`);
const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exit(sum('failed') === 0 ? 0 : 1);
