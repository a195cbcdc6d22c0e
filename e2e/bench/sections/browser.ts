import { type Browser, chromium } from '@playwright/test';
import { HEAVY_LOAD, frameGaps, measureSteady, openBoard } from '../../testkit/browser/board-speed.ts';
import { CHROMIUM_BROWSER } from '../../testkit/browser/browsers.ts';
import { signInBrowser } from '../../testkit/browser/fixtures.ts';
import { startLargeSite } from '../../testkit/browser/large-site.ts';
import type { RunningGateway } from '../../testkit/gateway/start-gateway.ts';
import { median, percentile } from '../harness/measure.ts';
import type { Report, Scale } from '../harness/report.ts';
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
        rows: steady.map(({ view, mainThreadMs: mainThread, longestTaskMs: longestTask, gaps }) => [
          view,
          mainThread,
          longestTask,
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
      ...steady.flatMap(({ view, mainThreadMs: mainThread, longestTaskMs: longestTask, gaps }) => [
        { name: `${view}: main thread a second`, value: mainThread, max: 120, unit: ' ms' },
        { name: `${view}: longest task`, value: longestTask, max: 50, unit: ' ms' },
        { name: `${view}: median display frame`, value: median(gaps), max: 17, unit: ' ms' },
      ]),
      { name: 'board live after opening, median', value: median(openings), max: 1000, unit: ' ms' },
    ],
  };
}

async function openSite(
  track: Track,
  load: typeof HEAVY_LOAD,
): Promise<{ gateway: RunningGateway; browser: Browser }> {
  const { gateway } = await track(startLargeSite(load));
  const browser = await chromium.launch(CHROMIUM_BROWSER.launch);
  await track(Promise.resolve({ stop: () => browser.close() }));
  return { gateway, browser };
}
