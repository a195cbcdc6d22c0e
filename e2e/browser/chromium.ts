import { existsSync } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';

/** Debian's; elsewhere that of `npx playwright install chromium`. */
export const CHROMIUM_PATH = '/usr/bin/chromium';

export const CHROMIUM: LaunchOptions = {
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
  ...(existsSync(CHROMIUM_PATH) ? { executablePath: CHROMIUM_PATH } : {}),
};
