import { type Browser, chromium } from '@playwright/test';
import {
  CALL_LOAD,
  HEAVY_LOAD,
  frameGaps,
  measureSteady,
  openBoard,
} from '../../testkit/browser/board-speed.ts';
import { CHROMIUM_BROWSER } from '../../testkit/browser/browsers.ts';
import { signInBrowser } from '../../testkit/browser/fixtures.ts';
import { startLargeSite } from '../../testkit/browser/large-site.ts';
import { median, percentile } from '../harness/measure.ts';
import { type Report, type Scale, type Table, target } from '../harness/report.ts';
import { type Track, withResources } from '../../testkit/processes/resources.ts';

const VIEWS = ['Regular', 'Table'];
const OPENINGS = 5;

/** The page in Chromium: a large board under load, and the time to open one. */
export async function measureBrowser({ isSmoke }: Scale): Promise<Report> {
  const changing = await withResources(async (track) => {
    const { gateway, browser } = await openSite(track, HEAVY_LOAD);
    const { page } = await openSignedIn(browser, gateway.url);
    const views = [];
    for (const view of VIEWS.slice(0, isSmoke ? 1 : 2)) {
      await page.getByRole('radio', { name: view }).check({ force: true });
      await page.locator('[data-extension="10000@default"]').waitFor();
      const name = `${view}, ${HEAVY_LOAD.rate} changes a second`;
      views.push({ name, ...(await measureSteady(browser, page)), gaps: await frameGaps(page) });
    }
    return views;
  });
  const withCalls = await withResources(async (track) => {
    const { gateway, browser } = await openSite(track, CALL_LOAD);
    const { page } = await openSignedIn(browser, gateway.url);
    await page.locator('[data-call] time').first().waitFor();
    const name = `Regular, ${CALL_LOAD.calls} calls`;
    return { name, ...(await measureSteady(browser, page, 'durations')), gaps: await frameGaps(page) };
  });
  const openings = await withResources(async (track) => {
    const { gateway, browser } = await openSite(track, { ...HEAVY_LOAD, rate: 0 });
    return openRepeatedly(isSmoke, async () => {
      const { page, liveAfterMs } = await openSignedIn(browser, gateway.url);
      await page.context().close();
      return liveAfterMs;
    });
  });

  const steady = [...changing, withCalls];
  return {
    tables: [
      {
        title: `The board of ${HEAVY_LOAD.extensions}, left alone`,
        columns: ['', 'main thread (ms a second)', 'longest task (ms)', 'frames a second', 'frame p99 (ms)'],
        rows: steady.map(({ name, mainThreadMs, longestTaskMs, gaps }) => [
          name,
          mainThreadMs,
          longestTaskMs,
          1000 / (gaps.reduce((sum, ms) => sum + ms, 0) / gaps.length),
          percentile(gaps, 0.99),
        ]),
      },
      openingsTable(HEAVY_LOAD.extensions, openings, 'by a browser that has nothing of it'),
    ],
    targets: [
      ...steady.flatMap(({ name, mainThreadMs, longestTaskMs, gaps }) => [
        target(`${name}: main thread a second`, mainThreadMs, 120, ' ms'),
        target(`${name}: longest task`, longestTaskMs, 50, ' ms'),
        target(`${name}: median display frame`, median(gaps), 17, ' ms'),
      ]),
      target('board live after opening, median', median(openings), 1000, ' ms'),
    ],
  };
}

/** Starts a large site and Chromium. */
export async function openSite(track: Track, load: Parameters<typeof startLargeSite>[0]) {
  const { gateway } = await track(startLargeSite(load));
  const browser = await chromium.launch(CHROMIUM_BROWSER.launch);
  await track(Promise.resolve({ stop: () => browser.close() }));
  return { gateway, browser };
}

/** Signs in with an empty cache and opens the board; resolves when it is live. */
export async function openSignedIn(browser: Browser, url: string) {
  const context = await browser.newContext();
  await signInBrowser(context, { url });
  const page = await context.newPage();
  return { page, liveAfterMs: await openBoard(page, url) };
}

/** Calls `open` five times, once in a smoke run. */
export async function openRepeatedly(isSmoke: boolean, open: () => Promise<number>): Promise<number[]> {
  const liveAfterMs: number[] = [];
  while (liveAfterMs.length < (isSmoke ? 1 : OPENINGS)) liveAfterMs.push(await open());
  return liveAfterMs;
}

export const openingsTable = (extensions: number, ms: readonly number[], how: string): Table => ({
  title: `The board of ${extensions}, opened ${ms.length} times ${how}`,
  columns: ['', 'median', 'longest'],
  rows: [['live after (ms)', median(ms), Math.max(...ms)]],
});
