import { existsSync } from 'node:fs';
import { type LaunchOptions, chromium, firefox } from '@playwright/test';

interface TestBrowser {
  readonly launch: LaunchOptions;
  readonly isInstalled: boolean;
}

/** Debian's browsers where they are installed; elsewhere those of `npx playwright install`. */
const CHROMIUM = '/usr/bin/chromium';
const FIREFOX = '/usr/bin/firefox-esr';

/**
 * With every window Chromium would load two pages of its own for the address bar, beside the page under test. The flag
 * takes the place of Playwright's: what the tests need of that one is repeated.
 */
const DISABLED = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'BlockOriginHeaderModificationOnRedirect',
  'HttpsUpgrades',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'Translate',
];

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${DISABLED.join(',')}`,
];

export const CHROMIUM_BROWSER: TestBrowser = {
  launch: { args: CHROMIUM_FLAGS, ...(existsSync(CHROMIUM) ? { executablePath: CHROMIUM } : {}) },
  isInstalled: [CHROMIUM, chromium.executablePath()].some(existsSync),
};

export const FIREFOX_BROWSER: TestBrowser = {
  launch: existsSync(FIREFOX) ? { channel: 'moz-firefox', executablePath: FIREFOX } : {},
  isInstalled: [FIREFOX, firefox.executablePath()].some(existsSync),
};
