import { chromium } from '@playwright/test';
import { HEAVY_LOAD, frameGaps, measureSteady, openBoard } from '../../testkit/browser/board-speed.ts';
import { CHROMIUM_BROWSER } from '../../testkit/browser/browsers.ts';
import { signInBrowser } from '../../testkit/browser/fixtures.ts';
import { startLargeSite } from '../../testkit/browser/large-site.ts';
import { median, percentile } from '../harness/measure.ts';
import { type Report, type Scale, target } from '../harness/report.ts';
import { type Track, withResources } from '../../testkit/processes/resources.ts';

const VIEWS = ['Regular', 'Table'];
const OPENINGS = 5;

/** The page in Chromium: a large board under load, and the time to open one. */
export async function measureBrowser({ isSmoke }: Scale): Promise<Report> {
  const steady = await withResources(async (track) => {
    const { gateway, browser } = await openSite(track, HEAVY_LOAD);
    const context = await browser.newContext();
    await signInBrowser(context, gateway);
    const page = await context.newPage();
    await openBoard(page, gateway.url);
    const views = [];
    for (const view of VIEWS.slice(0, isSmoke ? 1 : 2)) {
      await page.getByRole('radio', { name: view }).check({ force: true });
      await page.locator('[data-extension="10000@default"]').waitFor();
      views.push({ view, ...(await measureSteady(browser, page)), gaps: await frameGaps(page) });
    }
    return views;
  });
  const openings = await withResources(async (track) => {
    const { gateway, browser } = await openSite(track, { ...HEAVY_LOAD, rate: 0 });
    const liveAfterMs: number[] = [];
    while (liveAfterMs.length < (isSmoke ? 1 : OPENINGS)) {
      const context = await browser.newContext();
      await signInBrowser(context, gateway);
      liveAfterMs.push(await openBoard(await context.newPage(), gateway.url));
      await context.close();
    }
    return liveAfterMs;
  });

  return {
    tables: [
      {
        title: `The board of ${HEAVY_LOAD.extensions} at ${HEAVY_LOAD.rate} changes a second`,
        columns: ['', 'main thread (ms a second)', 'longest task (ms)', 'frames a second', 'frame p99 (ms)'],
        rows: steady.map(({ view, mainThreadMs, longestTaskMs, gaps }) => [
          view,
          mainThreadMs,
          longestTaskMs,
          1000 / (gaps.reduce((sum, ms) => sum + ms, 0) / gaps.length),
          percentile(gaps, 0.99),
        ]),
      },
      {
        title: `The board of ${HEAVY_LOAD.extensions}, opened ${openings.length} times by a browser that has nothing of it`,
        columns: ['', 'median', 'longest'],
        rows: [['live after (ms)', median(openings), Math.max(...openings)]],
      },
    ],
    targets: [
      ...steady.flatMap(({ view, mainThreadMs, longestTaskMs, gaps }) => [
        target(`${view}: main thread a second`, mainThreadMs, 120, ' ms'),
        target(`${view}: longest task`, longestTaskMs, 50, ' ms'),
        target(`${view}: median display frame`, median(gaps), 17, ' ms'),
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
