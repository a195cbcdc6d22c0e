import type { Browser, Page } from '@playwright/test';
import { ACCOUNTS } from '../gateway/test-accounts.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { openBoard } from './board-speed.ts';
import { signInBrowser } from './fixtures.ts';
import { type MeteredLink, startMeteredLink } from '../network/metered-link.ts';

/** Milliseconds without HTTP traffic; longer than the page waits before preloading. */
const QUIET_MS = 4000;

/** Runs `work` with an empty cache behind a link to the gateway. */
async function withLink<T>(
  browser: Browser,
  gateway: { url: string },
  line: Parameters<typeof startMeteredLink>[1],
  work: (page: Page, link: MeteredLink) => Promise<T>,
): Promise<T> {
  const link = await startMeteredLink(gateway, line);
  const context = await browser.newContext();
  try {
    return await work(await context.newPage(), link);
  } finally {
    await context.close();
    await link.stop();
  }
}

/** Signs in with an empty cache, opens the board, and reloads the page. */
export const measureVisit = (browser: Browser, gateway: { url: string }) =>
  withLink(browser, gateway, {}, async (page, link) => {
    await page.goto(link.url);
    await page.getByRole('textbox', { name: 'Account' }).fill('rita');
    await page.getByLabel('Password', { exact: true }).fill(ACCOUNTS.rita.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await waitUntilLive(page);
    const board = link.received().webSocket;
    await waitUntilQuiet(link);
    const first = link.received().http;
    await page.reload();
    await waitUntilLive(page);
    await waitUntilQuiet(link);
    return {
      /** HTTP of a first visit: sign-in, board with fonts, and preloads. */
      first,
      /** HTTP of a reload. */
      reload: link.received().http - first,
      /** WebSocket bytes until the board is live. */
      board,
    };
  });

async function waitUntilLive(page: Page): Promise<void> {
  await page.locator('[data-link="live"] [data-extension]').first().waitFor();
}

async function waitUntilQuiet(link: MeteredLink): Promise<void> {
  let bytes = -1;
  let since = 0;
  await waitUntil(
    'the page to have all that it asks for',
    () => {
      const { http } = link.received();
      if (http !== bytes) since = performance.now();
      bytes = http;
      return performance.now() - since > QUIET_MS;
    },
    { ms: 60_000 },
  );
}

/** 10 Mbit/s, and 40 ms each way. */
const SLOW_LINK = { bitsPerSecond: 10_000_000, delayMs: 40 };

/** Milliseconds until the board is live over a slow link, signed in and with an empty cache. */
export const openOverSlowLink = (browser: Browser, gateway: { url: string }) =>
  withLink(browser, gateway, SLOW_LINK, async (page, link) => {
    await signInBrowser(page.context(), link);
    return openBoard(page, link.url);
  });
