import type { Browser, Page } from '@playwright/test';
import { ACCOUNTS } from '../gateway/test-accounts.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { openBoard } from './board-speed.ts';
import { signInBrowser } from './fixtures.ts';
import { type MeteredLink, startMeteredLink } from '../network/metered-link.ts';

/** Bytes that a browser was sent, as they came over the network. */
export interface Visit {
  /** Over HTTP by one that has nothing yet: the sign-in, the board with its fonts, and what is fetched ahead. */
  readonly first: number;
  /** Over HTTP when the page is loaded once more. */
  readonly reload: number;
  /** The whole board, by its WebSocket, from the handshake until it is live. */
  readonly board: number;
}

/** A while without a byte over HTTP, longer than the page waits before it fetches something ahead, in milliseconds. */
const QUIET_MS = 4000;

/** Somebody comes for the first time, signs in, sees the board, and loads the page once more. */
export async function measureVisit(browser: Browser, { url }: { url: string }): Promise<Visit> {
  const link = await startMeteredLink({ to: url });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
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
    return { first, reload: link.received().http - first, board };
  } finally {
    await context.close();
    await link.stop();
  }
}

async function waitUntilLive(page: Page): Promise<void> {
  await page.locator('[data-link="live"] [data-extension]').first().waitFor();
}

async function waitUntilQuiet(link: MeteredLink): Promise<void> {
  let bytes = -1;
  let since = 0;
  await waitUntil({
    description: 'the page to have all that it asks for',
    ms: 60_000,
    probe: () => {
      const { http } = link.received();
      if (http !== bytes) since = performance.now();
      bytes = http;
      return performance.now() - since > QUIET_MS;
    },
  });
}

/** 10 Mbit/s, and 40 ms each way. */
const SLOW_LINK = { bitsPerSecond: 10_000_000, delayMs: 40 };

/** Milliseconds until the board is live, over a thin line, for somebody who is signed in and has nothing of the page. */
export async function openOverSlowLink(browser: Browser, { url }: { url: string }): Promise<number> {
  const link = await startMeteredLink({ to: url, ...SLOW_LINK });
  const context = await browser.newContext();
  try {
    await signInBrowser(context, link);
    return await openBoard(await context.newPage(), link.url);
  } finally {
    await context.close();
    await link.stop();
  }
}
