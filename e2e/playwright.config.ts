import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import type { WorkerFixtures } from './browser/fixtures.ts';

/** Debian's browsers where they are installed; elsewhere those of `npx playwright install`. */
const CHROMIUM = '/usr/bin/chromium';
const FIREFOX = '/usr/bin/firefox-esr';

const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig<object, WorkerFixtures>({
  testDir: './browser',
  fullyParallel: false,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 5000 },
  forbidOnly: process.env['CI'] === 'true',
  use: { trace: 'retain-on-failure', locale: 'en-GB' },
  projects: [
    {
      name: 'chromium on Asterisk 22',
      use: {
        release: '22',
        browserName: 'chromium',
        launchOptions: { args: chromiumFlags, ...(existsSync(CHROMIUM) ? { executablePath: CHROMIUM } : {}) },
      },
    },
    {
      name: 'firefox on Asterisk 16',
      use: {
        release: '16',
        browserName: 'firefox',
        ...(existsSync(FIREFOX)
          ? { channel: 'moz-firefox', launchOptions: { executablePath: FIREFOX } }
          : {}),
      },
    },
  ],
});
