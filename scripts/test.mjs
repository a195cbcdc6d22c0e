// `npm test`: builds, then runs the unit and PBX tests (vitest) and the browser tests (Playwright), and adds them up.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'lampboard-test-'));

/** Runs a tool of the workspace to its end, with its output on ours. */
function run(tool, args, env = {}) {
  const path = join(root, tool);
  const { status } = spawnSync(path, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return status === 0;
}

/** What a report counts; a run that failed without a failed test (it did not even start) counts as one. */
function count(ok, file, read) {
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    ok = false;
  }
  return { ...counts, failed: ok ? counts.failed : Math.max(1, counts.failed) };
}

function unit() {
  const file = join(reports, 'vitest.json');
  const ok = run('node_modules/.bin/vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  return count(ok, file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests,
  }));
}

function browsers(...args) {
  const file = join(reports, 'playwright.json');
  const ok = run(
    'e2e/node_modules/.bin/playwright',
    ['test', '--config=e2e/playwright.config.ts', '--reporter=list,json', '--pass-with-no-tests', ...args],
    {
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    },
  );
  return count(ok, file, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }));
}

const { status: built } = spawnSync('npm', ['run', '--silent', 'build'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
  shell: process.platform === 'win32',
});
const parts =
  built === 0
    ? [
        unit(),
        browsers('--workers=2', '--grep-invert=@by-the-clock'),
        browsers('--workers=1', '--grep=@by-the-clock'),
      ]
    : [{ passed: 0, failed: 1, skipped: 0 }];
rmSync(reports, { recursive: true });

const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exit(sum('failed') === 0 ? 0 : 1);
