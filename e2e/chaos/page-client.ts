import { type Browser, type BrowserContext, type Page, chromium, firefox } from '@playwright/test';
import { CHROMIUM_BROWSER, FIREFOX_BROWSER } from '../testkit/browser/browsers.ts';
import { factsOf } from './snapshot-diff.ts';
import type { ChaosClient } from './socket-client.ts';

/** A board in a real browser, read by the contract of its DOM. */
export interface PageClient extends ChaosClient {
  setOffline(isOffline: boolean): Promise<void>;
}

const LAUNCH = {
  Chromium: () => chromium.launch(CHROMIUM_BROWSER.launch),
  Firefox: () => firefox.launch(FIREFOX_BROWSER.launch),
} as const satisfies Record<string, () => Promise<Browser>>;

export type BrowserName = keyof typeof LAUNCH;

/** Every tile has to be in view: those that are not do not exist. */
const VIEWPORT = { width: 1500, height: 1400 };

/** Opens a board in a browser of its own, in the session of a cookie; resolves when it is live. */
export async function openPageClient({
  url,
  cookie,
  name,
}: {
  url: string;
  cookie: string;
  name: BrowserName;
}): Promise<PageClient> {
  const browser = await LAUNCH[name]();
  try {
    const context = await browser.newContext({ viewport: VIEWPORT });
    const page = await openSignedIn(context, url, cookie);
    return {
      name,
      isPage: true,
      read: () => readPage(page),
      setOffline: (isOffline) => context.setOffline(isOffline),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function openSignedIn(context: BrowserContext, url: string, cookie: string): Promise<Page> {
  const pairs = cookie.split('; ').map((pair) => pair.split('='));
  await context.addCookies(pairs.map(([name = '', value = '']) => ({ name, value, url })));
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('[data-link="live"]').waitFor();
  return page;
}

/** A page that is being loaded anew shows nothing. */
async function readPage(page: Page): ReturnType<ChaosClient['read']> {
  const found = await page
    .locator('[data-link], [data-extension]')
    .evaluateAll((all) =>
      all.map((element) => ({
        link: element.getAttribute('data-link'),
        id: element.getAttribute('data-extension'),
        lamp: element.getAttribute('data-lamp'),
        state: element.getAttribute('data-presence'),
      })),
    )
    .catch((error: unknown) => {
      if (isNavigation(error)) return [];
      throw error;
    });
  if (found[0]?.link !== 'live') return null;
  const facts = found.flatMap(({ id, lamp, state }) =>
    id === null ? [] : factsOf(id, { lamp: lamp ?? '', state, message: null }),
  );
  return new Map(facts);
}

function isNavigation(error: unknown): boolean {
  return error instanceof Error && error.message.includes('because of a navigation');
}
