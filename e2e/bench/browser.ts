import { type Browser, chromium } from '@playwright/test';
import { LOAD, frameGaps, measureSteady, openBoard } from '../browser/board-speed.ts';
import { CHROMIUM_BROWSER } from '../browser/browsers.ts';
import { signInBrowser } from '../browser/fixtures.ts';
import { startLargeSite } from '../browser/large-site.ts';
import type { RunningGateway } from '../gateway/start-gateway.ts';
import { median, percentile } from './measure.ts';
import type { Report } from './report.ts';
import type { Scale } from './scale.ts';
import { type Keep, onStage } from './stage.ts';

const VIEWS = ['Regular', 'Table'];
const OPENINGS = 5;

/** The page in a real Chromium: while much changes on a large board, and when one is opened. */
export async function measureBrowser({ isSmoke }: Scale): Promise<Report> {
  const steady = await onStage(async (keep) => {
    const { gateway, browser } = await startBoard(keep, LOAD);
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
  const openings = await onStage(async (keep) => {
    const { gateway, browser } = await startBoard(keep, { ...LOAD, rate: 0 });
    const after: number[] = [];
    while (after.length < (isSmoke ? 1 : OPENINGS)) {
      const context = await browser.newContext();
      await signInBrowser(context, gateway);
      after.push(await openBoard(await context.newPage(), gateway.url));
      await context.close();
    }
    return after;
  });

  return {
    tables: [
      {
        title: `The board of ${LOAD.extensions} at ${LOAD.rate} changes a second`,
        columns: ['', 'main thread (ms a second)', 'longest task (ms)', 'frames a second', 'frame p99 (ms)'],
        rows: steady.map(({ view, mainThread, longestTask, gaps }) => [
          view,
          mainThread,
          longestTask,
          1000 / (gaps.reduce((sum, ms) => sum + ms, 0) / gaps.length),
          percentile(gaps, 0.99),
        ]),
      },
      {
        title: `The board of ${LOAD.extensions}, opened ${openings.length} times by a browser that has nothing of it`,
        columns: ['', 'median', 'longest'],
        rows: [['live after (ms)', median(openings), Math.max(...openings)]],
      },
    ],
    yardsticks: [
      ...steady.flatMap(({ view, mainThread, longestTask, gaps }) => [
        { what: `${view}: main thread a second`, measured: mainThread, atMost: 120, unit: ' ms' },
        { what: `${view}: longest task`, measured: longestTask, atMost: 50, unit: ' ms' },
        { what: `${view}: median display frame`, measured: median(gaps), atMost: 17, unit: ' ms' },
      ]),
      { what: 'board live after opening, median', measured: median(openings), atMost: 1000, unit: ' ms' },
    ],
  };
}

async function startBoard(
  keep: Keep,
  load: typeof LOAD,
): Promise<{ gateway: RunningGateway; browser: Browser }> {
  const { gateway } = await keep(startLargeSite(load));
  const browser = await chromium.launch(CHROMIUM_BROWSER.launch);
  await keep(Promise.resolve({ stop: () => browser.close() }));
  return { gateway, browser };
}
