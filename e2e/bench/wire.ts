import { chromium } from '@playwright/test';
import { openBoard } from '../browser/board-speed.ts';
import { CHROMIUM_BROWSER } from '../browser/browsers.ts';
import { signInBrowser } from '../browser/fixtures.ts';
import { startLargeSite } from '../browser/large-site.ts';
import { startLine } from '../browser/line.ts';
import { measureVisit, openOverThinLine } from '../browser/visit.ts';
import { median } from './measure.ts';
import type { Report } from './report.ts';
import type { Scale } from './scale.ts';
import { type Keep, onStage } from './stage.ts';

const EXTENSIONS = 5000;
const MANY_EXTENSIONS = 50_000;
const OPENINGS = 5;

/** What a browser is sent, counted on the network between it and the gateway, and how long that takes on a thin line. */
export async function measureWire({ isSmoke }: Scale): Promise<Report> {
  const { visit, openings } = await onStage(async (keep) => {
    const { browser, gateway } = await startSite(keep, EXTENSIONS);
    const after: number[] = [];
    while (after.length < (isSmoke ? 1 : OPENINGS)) after.push(await openOverThinLine(browser, gateway));
    return { visit: await measureVisit(browser, gateway), openings: after };
  });
  const many = isSmoke ? EXTENSIONS : MANY_EXTENSIONS;
  const manyBytes = await onStage(async (keep) => {
    const { browser, gateway } = await startSite(keep, many);
    const line = await keep(startLine({ to: gateway.url }));
    const context = await browser.newContext();
    await signInBrowser(context, line);
    await openBoard(await context.newPage(), line.url);
    return line.received().webSocket;
  });

  return {
    tables: [
      {
        title: 'Bytes that a browser is sent, headers and fonts included',
        columns: ['', 'kB'],
        rows: [
          ['first visit, over HTTP', visit.first / 1000],
          ['reload, over HTTP', visit.reload / 1000],
          [`board of ${EXTENSIONS}, over its WebSocket`, visit.board / 1000],
          [`board of ${many}, over its WebSocket`, manyBytes / 1000],
        ],
      },
      {
        title: `The board of ${EXTENSIONS}, opened ${openings.length} times over 10 Mbit/s and 40 ms each way`,
        columns: ['', 'median', 'longest'],
        rows: [['live after (ms)', median(openings), Math.max(...openings)]],
      },
    ],
    yardsticks: [
      { what: 'first visit over HTTP', measured: visit.first / 1000, atMost: 260, unit: ' kB' },
      { what: 'reload over HTTP', measured: visit.reload / 1000, atMost: 5, unit: ' kB' },
      { what: `board of ${EXTENSIONS}`, measured: visit.board / 1000, atMost: 200, unit: ' kB' },
      { what: `board of ${many}`, measured: manyBytes / 1000, atMost: 2000, unit: ' kB' },
      {
        what: 'board live over 10 Mbit/s and 40 ms, median',
        measured: median(openings),
        atMost: 1500,
        unit: ' ms',
      },
    ],
  };
}

async function startSite(keep: Keep, extensions: number) {
  const { gateway } = await keep(startLargeSite({ extensions }));
  const browser = await chromium.launch(CHROMIUM_BROWSER.launch);
  await keep(Promise.resolve({ stop: () => browser.close() }));
  return { browser, gateway };
}
