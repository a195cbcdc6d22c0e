import { defineConfig } from '@playwright/test';
import { CHROMIUM_BROWSER, FIREFOX_BROWSER } from './testkit/browser/browsers.ts';
import { CHROMIUM_ONLY, type WorkerFixtures } from './testkit/browser/fixtures.ts';

const isCi = process.env['CI'] === 'true';

/** A missing browser fails if CI=true; otherwise its tests are skipped with a message. */
function canRun(name: string, { isInstalled }: { isInstalled: boolean }): boolean {
  if (isCi || isInstalled) return true;
  process.stderr.write(
    `\n!!! SKIPPED: every test in ${name}: there is none (npx playwright install ${name})\n\n`,
  );
  return false;
}

const projects = [
  {
    name: 'chromium on Asterisk 22',
    isInstalled: canRun('chromium', CHROMIUM_BROWSER),
    grepInvert: [],
    use: {
      release: '22' as const,
      browserName: 'chromium' as const,
      launchOptions: CHROMIUM_BROWSER.launch,
    },
  },
  {
    name: 'firefox on Asterisk 16',
    isInstalled: canRun('firefox', FIREFOX_BROWSER),
    grepInvert: new RegExp(CHROMIUM_ONLY),
    use: {
      release: '16' as const,
      browserName: 'firefox' as const,
      launchOptions: FIREFOX_BROWSER.launch,
    },
  },
];

export default defineConfig<object, WorkerFixtures>({
  testDir: './tests/browser',
  fullyParallel: false,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: isCi,
  use: { screenshot: 'only-on-failure', locale: 'en-GB' },
  projects: projects
    .filter((project) => project.isInstalled)
    .map(({ name, grepInvert, use }) => ({ name, grepInvert, use })),
});
