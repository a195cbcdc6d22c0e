import type { Browser, Page } from '@playwright/test';
import { ACCOUNTS } from '../gateway/accounts.ts';
import { until } from '../processes/until.ts';
import { openBoard } from './board-speed.ts';
import { signInBrowser } from './fixtures.ts';
import { type Line, startLine } from './line.ts';

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
  const line = await startLine({ to: url });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(line.url);
    await page.getByRole('textbox', { name: 'Account' }).fill('rita');
    await page.getByLabel('Password', { exact: true }).fill(ACCOUNTS.rita.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await live(page);
    const board = line.received().webSocket;
    await quiet(line);
    const first = line.received().http;
    await page.reload();
    await live(page);
    await quiet(line);
    return { first, reload: line.received().http - first, board };
  } finally {
    await context.close();
    await line.stop();
  }
}

async function live(page: Page): Promise<void> {
  await page.locator('[data-link="live"] [data-extension]').first().waitFor();
}

async function quiet(line: Line): Promise<void> {
  let bytes = -1;
  let since = 0;
  await until({
    what: 'the page to have all that it asks for',
    ms: 60_000,
    probe: () => {
      const { http } = line.received();
      if (http !== bytes) since = performance.now();
      bytes = http;
      return performance.now() - since > QUIET_MS;
    },
  });
}

/** 10 Mbit/s, and 40 ms each way. */
const THIN_LINE = { bitsPerSecond: 10_000_000, delayMs: 40 };

/** Milliseconds until the board is live, over a thin line, for somebody who is signed in and has nothing of the page. */
export async function openOverThinLine(browser: Browser, { url }: { url: string }): Promise<number> {
  const line = await startLine({ to: url, ...THIN_LINE });
  const context = await browser.newContext();
  try {
    await signInBrowser(context, line);
    return await openBoard(await context.newPage(), line.url);
  } finally {
    await context.close();
    await line.stop();
  }
}
