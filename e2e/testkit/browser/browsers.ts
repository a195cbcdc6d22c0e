import { existsSync } from 'node:fs';
import { type LaunchOptions, chromium, firefox } from '@playwright/test';
import { PROXY_HOST } from '../proxies/documented-lines.ts';

interface TestBrowser {
  readonly launch: LaunchOptions;
  readonly isInstalled: boolean;
}

/** Debian's browsers if installed; otherwise those of `npx playwright install`. */
const CHROMIUM = '/usr/bin/chromium';
const FIREFOX = '/usr/bin/firefox-esr';

/**
 * Without these Chromium loads two pages for the address bar with each window. The flag replaces
 * Playwright's, whose relevant values are repeated.
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
  `--host-resolver-rules=MAP ${PROXY_HOST} 127.0.0.1`,
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
