import { existsSync } from 'node:fs';
import { chromium, defineConfig, firefox } from '@playwright/test';
import { CHROMIUM, CHROMIUM_PATH } from './browser/chromium.ts';
import { CHROMIUM_ONLY, type WorkerFixtures } from './browser/fixtures.ts';

/** Debian's where it is installed; elsewhere that of `npx playwright install firefox`. */
const FIREFOX = '/usr/bin/firefox-esr';

const isCi = process.env['CI'] === 'true';

/** Where CI=true a missing browser fails; elsewhere its tests are left out, and that is said. */
function isThere(name: string, paths: readonly string[]): boolean {
  if (isCi || paths.some(existsSync)) return true;
  process.stderr.write(
    `\n!!! SKIPPED: every test in ${name}: there is none (npx playwright install ${name})\n\n`,
  );
  return false;
}

const projects = [
  {
    name: 'chromium on Asterisk 22',
    isThere: isThere('chromium', [CHROMIUM_PATH, chromium.executablePath()]),
    grepInvert: [],
    use: {
      release: '22' as const,
      browserName: 'chromium' as const,
      launchOptions: CHROMIUM,
    },
  },
  {
    name: 'firefox on Asterisk 16',
    isThere: isThere('firefox', [FIREFOX, firefox.executablePath()]),
    grepInvert: new RegExp(CHROMIUM_ONLY),
    use: {
      release: '16' as const,
      browserName: 'firefox' as const,
      ...(existsSync(FIREFOX) ? { channel: 'moz-firefox', launchOptions: { executablePath: FIREFOX } } : {}),
    },
  },
];

export default defineConfig<object, WorkerFixtures>({
  testDir: './browser',
  fullyParallel: false,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 5000 },
  forbidOnly: isCi,
  use: { trace: 'retain-on-failure', locale: 'en-GB' },
  projects: projects
    .filter((project) => project.isThere)
    .map(({ name, grepInvert, use }) => ({ name, grepInvert, use })),
});
